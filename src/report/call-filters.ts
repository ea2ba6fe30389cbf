import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type RangeField, rangeFields } from '../contract/call-ranges.ts';
import type { CallFilters } from '../contract/calls.ts';
import { disagreements } from '../contract/calls.ts';
import { storableText } from './invalid-query.ts';
import type { Period } from './period.ts';
import { saysCondition } from './search-condition.ts';

/** How lists and reports show, and filters ask for, a name that is unknown. */
export const noneLabel = '(none)';

type Condition = RawBuilder<SqlBool>;

/**
 * Conditions on `call c`, in two groups: `facts` about whence and when a call came, and `findings`: what was
 * reported, heard and done with it. Estimates of what a call is worth look at calls with the same facts.
 */
export type CallConditions = { facts: Condition[]; findings: Condition[] };

const names = [
  'connection_id',
  'call_instance_id',
  'publisher_name',
  'publisher_sub_id',
  'subsource',
  'buyer_name',
  'campaign_name',
  'target_name',
  'vertical',
  'inbound_number_state',
  'zip_code',
  'branch_name',
  'data_source',
  'end_call_source',
  'campaign_id',
  'campaign_tracking_id',
  'client_id',
  'client_lead_id',
  'target_did',
  'target_sub_id',
  'referrer_url',
] as const satisfies (keyof CallFilters)[];

const found = [
  'reached',
  'prospect',
  'reason',
  'result',
  'billable',
] as const satisfies (keyof CallFilters)[];

const truths = [
  'connected',
  'converted',
  'is_duplicate',
  'is_repeat',
] as const satisfies (keyof CallFilters)[];

/** @throws InvalidQuery for text that no call can hold */
export function callConditions(filters: CallFilters, period: Pick<Period, 'start' | 'end'>): CallConditions {
  return { facts: factConditions(filters, period), findings: findingConditions(filters) };
}

/** `a and b and …`; true for none. */
export function all(conditions: Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;
}

function factConditions(filters: CallFilters, { start, end }: Pick<Period, 'start' | 'end'>): Condition[] {
  const conditions = names.flatMap((name) => equals(name, filters[name]));
  if (filters.caller_id) conditions.push(isCaller(filters.caller_id));
  if (filters.extra) conditions.push(hasExtra(filters.extra));
  if (start) conditions.push(sql`c.call_at >= ${start.toString()}::timestamptz`);
  if (end) conditions.push(sql`c.call_at < ${end.toString()}::timestamptz`);
  return conditions;
}

function findingConditions(filters: CallFilters): Condition[] {
  const conditions = found.flatMap((name) => equals(name, filters[name]));
  for (const name of truths) {
    if (filters[name] !== undefined) conditions.push(sql`${sql.ref(`c.${name}`)} = ${filters[name]}`);
  }
  for (const field of rangeFields) conditions.push(...within(field, filters));
  if (filters.flag) conditions.push(isFlagged(filters.flag));
  if (filters.scorecard) conditions.push(isJudgedBy(filters.scorecard));
  if (filters.disagreement) conditions.push(disagrees(filters.disagreement));
  if (filters.stage_state) {
    const [state, stage] = filters.stage_state.split('.').reverse();
    conditions.push(sql`exists (
      select from call_stage s where s.call_id = c.id and s.state = ${state}
        and ${stage ? sql`s.stage = ${stage}` : sql`true`})`);
  }
  if (filters.phrase) conditions.push(saysCondition(storableText('phrase', filters.phrase), 'phrase'));
  return conditions;
}

function equals(name: string, value: string | undefined): Condition[] {
  if (!value) return [];
  const column = sql.ref(`c.${name}`);
  return [value === noneLabel ? sql`${column} is null` : sql`${column} = ${storableText(name, value)}`];
}

function within(field: RangeField, filters: CallFilters): Condition[] {
  const column = sql.ref(`c.${field}`);
  const { [`${field}_min` as const]: min, [`${field}_max` as const]: max } = filters;
  return [
    ...(min ? [sql<SqlBool>`${column} >= ${min}::numeric`] : []),
    ...(max ? [sql<SqlBool>`${column} <= ${max}::numeric`] : []),
  ];
}

function isFlagged(flag: NonNullable<CallFilters['flag']>): Condition {
  if (flag === 'any') return sql`cardinality(c.flags) > 0`;
  if (flag === 'none') return sql`c.scored_at is not null and cardinality(c.flags) = 0`;
  return sql`${flag} = any(c.flags)`;
}

/** `id`, or `id version` as the report by scorecard writes it. */
function isJudgedBy(text: string): Condition {
  const named = storableText('scorecard', text);
  return sql`exists (select from evaluation e where e.id = c.evaluation_id
    and ${named} in (e.scorecard, e.scorecard || ' ' || e.scorecard_version))`;
}

function disagrees(which: NonNullable<CallFilters['disagreement']>): Condition {
  const columns = which === 'any' ? disagreements : [which];
  return sql`(${sql.join(
    columns.map((column) => sql.ref(`c.${column}`)),
    sql` or `,
  )})`;
}

/** `name=value`; the value is compared as text. */
function hasExtra(text: string): Condition {
  const mark = text.indexOf('=');
  const [name, value] = [text.slice(0, mark), text.slice(mark + 1)];
  const kept = sql`c.extra ->> ${storableText('extra', name)}::text`;
  return value === noneLabel ? sql`${kept} is null` : sql`${kept} = ${storableText('extra', value)}`;
}

/** As people paste numbers: `(818) 555-0143` finds `+18185550143`, with or without the country's 1. */
function isCaller(text: string): Condition {
  if (text === noneLabel) return sql`c.caller_id is null`;
  const digits = text.replace(/\D/g, '');
  if (text.trim().startsWith('+')) return sql`c.caller_id = ${`+${digits}`}`;
  return sql`c.caller_id in (${`+${digits}`}, ${`+1${digits}`})`;
}
