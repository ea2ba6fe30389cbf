import type { z } from 'zod';
import type { DisagreeingCallBody } from '../contract/disagreements.ts';
import { type ExportKind, exportKinds } from '../contract/exports.ts';
import type { SearchHitBody } from '../contract/search.ts';
import type { Database } from '../db/database.ts';
import { getBreakdown } from '../report/breakdown.ts';
import { callColumnIds, openCallExport } from '../report/call-export.ts';
import { listDisagreeingCalls } from '../report/disagreeing-calls.ts';
import { getDisagreements } from '../report/disagreement-report.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import { metricDefinitions } from '../report/metrics.ts';
import { searchCalls } from '../report/search.ts';
import { toDisagreementTable } from './disagreement-table.ts';
import type { ExportCell, ExportColumn, ExportRows } from './export-column.ts';
import { toReportTable } from './report-table.ts';
import type { Table } from './table-model.ts';

export type ExportAsked = {
  kind: ExportKind;
  /** As in the address of the list or report. */
  query: Record<string, string>;
  /** Ids of the columns of calls; null: all. */
  columns: string[] | null;
};

type Opener<K extends ExportKind> = (
  db: Database,
  query: z.infer<(typeof exportKinds)[K]>,
  columns: string[] | null,
) => Promise<ExportRows>;

/** Rows of a report in a file: as many as a sheet holds. */
const rowsOfFile = 1_048_000;

/** Of what columns can be chosen, and their ids. */
const chosenFrom: Partial<Record<ExportKind, string[]>> = {
  calls: callColumnIds,
  breakdown: metricDefinitions.map(({ id }) => id),
};

const openers: { [K in ExportKind]: Opener<K> } = {
  calls: (db, { limit: _, cursor: __, ...query }, columns) => openCallExport(db, query, columns),
  search: async (db, query) => ({
    columns: [...referenceColumns, { id: 'said', heading: 'Said', kind: 'text' }, moment],
    batches: pages((cursor) => searchCalls(db, { ...query, limit: 100, cursor }), toSearchRow),
    expected: null,
  }),
  breakdown: async (db, query, columns) => {
    const report = await getBreakdown(db, query, new Date(), true, rowsOfFile);
    return fromTable(toReportTable(report, columns ?? undefined));
  },
  disagreements: async (db, query) => fromTable(toDisagreementTable(await getDisagreements(db, query))),
  disagreeing_calls: async (db, query) => ({
    columns: [...referenceColumns, ...disagreeingColumns],
    batches: pages((cursor) => listDisagreeingCalls(db, { ...query, limit: 500, cursor }), toDisagreeingRow),
    expected: null,
  }),
};

/**
 * What a list or report shows, to be written out: all of it, not only the page on the screen.
 * @param timeZone where the query names none
 * @throws InvalidQuery
 */
export function openExport(db: Database, asked: ExportAsked, timeZone: string): Promise<ExportRows> {
  const query = readExportQuery(asked.kind, { time_zone: timeZone, ...asked.query });
  checkColumns(asked);
  const open = openers[asked.kind] as Opener<ExportKind>;
  return open(db, query as never, asked.columns);
}

/** @throws InvalidQuery where a column is chosen that there is not */
export function checkColumns({ kind, columns }: Pick<ExportAsked, 'kind' | 'columns'>): void {
  const known = chosenFrom[kind] ?? [];
  const unknown = columns?.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const of = kind.replaceAll('_', ' ');
  const told = known.length > 0 ? `Known of ${of}: ${known.join(', ')}.` : `Those of ${of} cannot be chosen.`;
  throw new InvalidQuery('columns', `There is no column ${unknown}. ${told}`);
}

/** @throws InvalidQuery naming the first parameter that is wrong */
export function readExportQuery(kind: ExportKind, query: Record<string, string>) {
  const shape = exportKinds[kind];
  const unknown = Object.keys(query).find((name) => !(name in shape.shape));
  if (unknown) throw new InvalidQuery(`query.${unknown}`, `\`${unknown}\` is not known here.`);
  const read = shape.safeParse(query);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw new InvalidQuery(`query.${name}`, `\`${name}\`: ${issue?.message ?? 'cannot be read'}`);
}

const text = (id: string, heading: string): ExportColumn => ({ id, heading, kind: 'text' });
const moment: ExportColumn = { id: 'at_second', heading: 'At [s]', kind: 'number' };

const referenceColumns: ExportColumn[] = [
  text('call_id', 'Call'),
  text('call_instance_id', 'Call id of the platform'),
  { id: 'call_at', heading: 'Time', kind: 'instant' },
  { id: 'caller_id', heading: 'Caller', kind: 'phone' },
  text('publisher_name', 'Publisher'),
  text('buyer_name', 'Buyer'),
  text('campaign_name', 'Campaign'),
  { id: 'connected_call_length', heading: 'Connected [s]', kind: 'number' },
  text('currency', 'Currency'),
  { id: 'revenue', heading: 'Revenue', kind: 'money' },
  text('prospect', 'Prospect'),
  text('result', 'Result'),
  text('billable', 'Billable'),
  text('disagreements', 'Disagreements'),
];

const disagreeingColumns: ExportColumn[] = [
  { id: 'sale_amount', heading: 'Sale amount', kind: 'money' },
  text('reason', 'Reason'),
  text('explanation', 'Explanation'),
  text('quotes', 'Quotes'),
];

function toReferenceRow(call: SearchHitBody | DisagreeingCallBody): ExportCell[] {
  return [
    call.call_id,
    call.call_instance_id,
    Date.parse(call.call_at),
    call.caller_id,
    call.publisher_name,
    call.buyer_name,
    call.campaign_name,
    call.connected_call_length,
    call.currency,
    call.revenue,
    call.prospect,
    call.result,
    call.billable,
    call.disagreements.join(' ') || null,
  ];
}

function toSearchRow(hit: SearchHitBody): ExportCell[] {
  const said = hit.snippets.map(
    ({ speaker, pieces }) => `${speaker}: ${pieces.map((piece) => piece.text).join('')}`,
  );
  return [...toReferenceRow(hit), said.join(' | '), hit.snippets[0]?.start ?? null];
}

function toDisagreeingRow(call: DisagreeingCallBody): ExportCell[] {
  const quotes = call.quotes.map(({ speaker, quote }) => `${speaker}: ${quote}`);
  return [
    ...toReferenceRow(call),
    call.sale_amount,
    call.reason,
    call.explanation,
    quotes.join(' | ') || null,
  ];
}

async function* pages<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
  toRow: (item: T) => ExportCell[],
): AsyncGenerator<ExportCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    if (page.items.length > 0) yield page.items.map(toRow);
    cursor = page.next ?? undefined;
  } while (cursor);
}

/** A table's columns have no ids: they are named by their headings. */
function fromTable({ columns, rows }: Table): ExportRows {
  async function* all() {
    yield rows;
  }
  return {
    columns: columns.map((column) => ({ id: column.heading, ...column })),
    batches: all(),
    expected: rows.length,
  };
}
