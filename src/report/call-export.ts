import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { disagreements } from '../contract/calls.ts';
import type { Database } from '../db/database.ts';
import { all, callConditions } from './call-filters.ts';
import type { CallListQuery } from './call-list.ts';
import { InvalidQuery } from './invalid-query.ts';
import { readPeriod } from './period.ts';
import { estimateRows } from './row-estimate.ts';

type Kind = 'text' | 'phone' | 'number' | 'money' | 'boolean' | 'instant';

/** A column that calls can be written out with. */
export type CallColumn = { id: string; heading: string; kind: Kind };

type Value = string | number | boolean | null;
type Fragment = RawBuilder<unknown>;

const rowsPerPage = 2_000;

function instant(value: Fragment): Fragment {
  return sql`(extract(epoch from ${value}) * 1000)::bigint`;
}

function field(id: string, heading: string, kind: Kind = 'text'): CallColumn & { value: Fragment } {
  return { id, heading, kind, value: sql.ref(`c.${id}`) };
}

function seconds(id: string, heading: string): CallColumn & { value: Fragment } {
  return { id, heading: `${heading} [s]`, kind: 'number', value: sql`round(${sql.ref(`c.${id}`)})::float8` };
}

const found = disagreements.map((name) => sql`case when ${sql.ref(`c.${name}`)} then ${sql.lit(name)} end`);

const columns: (CallColumn & { value: Fragment })[] = [
  { id: 'call_id', heading: 'Call', kind: 'text', value: sql`c.id` },
  field('call_instance_id', 'Call id of the platform'),
  { id: 'connection', heading: 'Connection', kind: 'text', value: sql`cn.name` },
  { id: 'call_at', heading: 'Time', kind: 'instant', value: instant(sql`c.call_at`) },
  { id: 'first_event_at', heading: 'First event', kind: 'instant', value: instant(sql`c.first_event_at`) },
  field('caller_id', 'Caller', 'phone'),
  field('publisher_name', 'Publisher'),
  field('publisher_sub_id', 'Publisher sub id'),
  field('subsource', 'Subsource'),
  field('buyer_name', 'Buyer'),
  field('client_id', 'Client id'),
  field('client_lead_id', 'Client lead id'),
  field('campaign_name', 'Campaign'),
  field('campaign_id', 'Campaign id'),
  field('target_name', 'Target'),
  field('target_did', 'Target number', 'phone'),
  field('vertical', 'Vertical'),
  field('inbound_number_state', 'State'),
  field('zip_code', 'ZIP'),
  field('branch_name', 'Branch'),
  field('data_source', 'Data source'),
  field('end_call_source', 'Ended by'),
  seconds('duration', 'Duration'),
  seconds('connected_call_length', 'Connected'),
  seconds('time_to_connect', 'Time to connect'),
  field('is_duplicate', 'Duplicate', 'boolean'),
  field('converted', 'Converted', 'boolean'),
  { id: 'currency', heading: 'Currency', kind: 'text', value: sql`cn.currency` },
  field('revenue', 'Revenue', 'money'),
  field('affiliate_payout', 'Payout', 'money'),
  field('cost', 'Cost', 'money'),
  field('sale_amount', 'Sale amount', 'money'),
  { id: 'sale_count', heading: 'Sales', kind: 'number', value: sql`c.sale_count::float8` },
  field('reached', 'Reached'),
  field('prospect', 'Prospect'),
  field('reason', 'Reason'),
  field('result', 'Result'),
  field('billable', 'Billable'),
  field('billable_reason', 'Billing rule'),
  { id: 'score', heading: 'Score', kind: 'number', value: sql`c.score::float8` },
  { id: 'flags', heading: 'Flags', kind: 'text', value: sql`nullif(array_to_string(c.flags, ' '), '')` },
  {
    id: 'disagreements',
    heading: 'Disagreements',
    kind: 'text',
    value: sql`nullif(concat_ws(' ', ${sql.join(found)}), '')`,
  },
  field('explanation', 'Explanation'),
];

/** Every column that calls can be written out with, in order. */
export const callColumnIds: string[] = columns.map(({ id }) => id);

export type CallExportQuery = Omit<CallListQuery, 'limit' | 'cursor'>;

/**
 * All calls under a filter, newest first as in the list, in batches. Pages are cut by the place of the last call, so
 * that no transaction stays open however long it takes; the next page is read while one is written.
 * @param chosen ids of the columns, in order; null: all
 * @throws InvalidQuery
 */
export async function openCallExport(
  db: Database,
  query: CallExportQuery,
  chosen: string[] | null,
): Promise<{ columns: CallColumn[]; batches: AsyncGenerator<Value[][]>; expected: number }> {
  const picked = (chosen ?? callColumnIds).map((id) => {
    const column = columns.find((candidate) => candidate.id === id);
    if (column) return column;
    throw new InvalidQuery('columns', `There is no column ${id}. Known: ${callColumnIds.join(', ')}.`);
  });
  const { facts, findings } = callConditions(query, readPeriod(query));
  const conditions: RawBuilder<SqlBool>[] = [...facts, ...findings, ...testCondition(query)];
  const expected = await estimateRows(db, sql`select 1 from call c where ${all(conditions)}`);
  return {
    columns: picked.map(({ value: _, ...column }) => column),
    batches: readBatches(
      db,
      conditions,
      picked.map(({ value }) => value),
    ),
    expected,
  };
}

type Row = { cells: Value[]; id: string; place: string };

async function* readBatches(
  db: Database,
  conditions: RawBuilder<SqlBool>[],
  values: Fragment[],
): AsyncGenerator<Value[][]> {
  const names = values.map((value, i) => sql`${value} as ${sql.ref(`v${i}`)}`);
  const keys = values.map((_, i) => `v${i}`);
  const read = async (after: { id: string; place: string } | null): Promise<Row[]> => {
    const beyond = after
      ? [sql<boolean>`(c.call_at, c.id) < (${after.place}::timestamptz, ${after.id})`]
      : [];
    const { rows } = await sql<Record<string, Value> & { page_id: string; place: string }>`
      select ${sql.join(names)}, c.id as page_id, c.call_at::text as place
      from call c join connection cn on cn.id = c.connection_id
      where ${all([...conditions, ...beyond])}
      order by c.call_at desc, c.id desc limit ${sql.lit(rowsPerPage)}`.execute(db);
    return rows.map((row) => ({ cells: keys.map((key) => row[key]!), id: row.page_id, place: row.place }));
  };
  let next: Promise<Row[]> | null = read(null);
  while (next) {
    const rows: Row[] = await next;
    const last: Row | undefined = rows.at(-1);
    next = rows.length === rowsPerPage && last ? read(last) : null;
    // whoever stops reading leaves this page unread; its failure must not end the process
    next?.catch(() => undefined);
    if (rows.length > 0) yield rows.map(({ cells }) => cells);
  }
}

/** As the list does: test calls only where asked for, or where the call is named. */
function testCondition({ test, call_instance_id }: CallExportQuery): RawBuilder<SqlBool>[] {
  const wanted = test ?? (call_instance_id ? 'include' : 'exclude');
  if (wanted === 'include') return [];
  return [wanted === 'only' ? sql`c.is_test` : sql`not c.is_test`];
}
