import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { CallSummaryBody } from '../contract/calls.ts';
import { disagreements } from '../contract/calls.ts';
import { type CallField, callFieldKinds, callFields } from '../domain/call-fields.ts';
import type { Warning } from '../domain/event.ts';
import type { Flag } from '../domain/outcome.ts';
import { stages } from '../domain/stage.ts';
import { type StageRow, toStageRun } from './stage-row.ts';

type Outcome = NonNullable<CallSummaryBody['outcome']>;
type Disagreement = (typeof disagreements)[number];

/** A call as `callColumns` reads it: numerics are text, so that money keeps every digit. */
export type CallRow = { [F in CallField]: string | boolean | Date | null } & {
  [D in Disagreement]: boolean;
} & {
  id: string;
  connection_id: string;
  connection_name: string;
  time_zone: string;
  currency: string;
  call_instance_id: string;
  first_event_at: Date;
  last_event_at: Date;
  event_count: number;
  is_test: boolean;
  extra: Record<string, unknown>;
  evaluation_id: string | null;
  scorecard: string;
  scorecard_version: string;
  judge: string;
  reached: Outcome['reached'];
  prospect: Outcome['prospect'];
  reason: string | null;
  result: Outcome['result'];
  billable: Outcome['billable'];
  billable_reason: string;
  score: string | null;
  flags: Flag[];
  explanation: string;
  scored_at: Date;
  simulated: boolean | null;
  stages: StageRow[] | null;
  warnings: Warning[] | null;
};

/** Warnings are taken from this many of a call's newest events: some senders repeat an event without end. */
const eventsRead = 100;

/** The columns of a CallRow; to be followed by `callJoins`. */
export const callColumns = sql`
  c.id, c.connection_id, cn.name as connection_name, cn.time_zone, cn.currency, c.call_instance_id,
  c.first_event_at, c.last_event_at, c.event_count, c.is_test, c.extra,
  ${sql.join([...callFields, ...disagreements].map((name) => sql.ref(`c.${name}`)))},
  e.id as evaluation_id, e.scorecard, e.scorecard_version, e.judge,
  c.reached, c.prospect, c.reason, c.result, c.billable, c.billable_reason, c.score, c.flags, c.explanation,
  coalesce(c.scored_at, e.created_at) as scored_at, t.simulated,
  (select json_agg(json_build_object('stage', s.stage, 'state', s.state, 'attempts', s.attempts,
      'due_at', s.due_at, 'started_at', s.started_at, 'finished_at', s.finished_at, 'seconds', s.seconds,
      'cost', s.cost::text, 'error_code', s.error_code, 'error_detail', s.error_detail))
    from call_stage s where s.call_id = c.id) as stages,
  (select json_agg(w.warning) from (
      select distinct jsonb_array_elements(v.warnings) as warning from (
        select warnings from event
        where connection_id = c.connection_id and call_instance_id = c.call_instance_id and status = 'accepted'
        order by arrival desc limit ${sql.lit(eventsRead)}) v) w) as warnings`;

/** Joins for `call c`: one row each, by primary key. */
export const callJoins = sql`
  join connection cn on cn.id = c.connection_id
  left join evaluation e on e.id = c.evaluation_id
  left join transcript t on t.call_id = c.id`;

/** Row → what crosses the wire. */
export function toCallSummary(row: CallRow): CallSummaryBody {
  const fields = readFields(row);
  const { converted, sale_amount, sale_count, revenue, affiliate_payout } = fields;
  const runs = (row.stages ?? []).map(toStageRun);
  return {
    id: row.id,
    connection_id: row.connection_id,
    connection_name: row.connection_name,
    call_instance_id: row.call_instance_id,
    first_event_at: row.first_event_at.toISOString(),
    last_event_at: row.last_event_at.toISOString(),
    event_count: row.event_count,
    is_test: row.is_test,
    currency: row.currency,
    ...fields,
    extra: row.extra,
    reported: { converted, sale_amount, sale_count, revenue, affiliate_payout },
    outcome: row.evaluation_id === null ? null : readOutcome(row),
    disagreements: disagreements.filter((name) => row[name]),
    stages: runs.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage)),
    warnings: row.warnings ?? [],
    simulated_transcript: row.simulated ?? false,
  };
}

type Fields = Pick<CallSummaryBody, CallField>;

function readFields(row: CallRow): Fields {
  const read = callFields.map((field) => [field, readField(field, row)]);
  return Object.fromEntries(read) as Fields;
}

function readField(field: CallField, row: CallRow): string | number | boolean | null {
  const value = row[field];
  // an erased caller has a name by which reports tell callers apart, and no number (src/receive/erase)
  if (field === 'caller_id' && typeof value === 'string' && value.startsWith('ers_')) return null;
  if (value === null || typeof value === 'boolean') return value;
  if (value instanceof Date) return localTime(value, row.time_zone);
  const kind = callFieldKinds[field];
  if (kind === 'seconds') return wholeNumber(Math.round(Number(value)));
  if (kind === 'count') return Number(value);
  if (kind === 'url') return withoutPassword(value);
  return field === 'client_id' ? numberWhereCanonical(value) : value;
}

/** Who may read calls may not therefore sign in at the server that has the recordings. */
function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@\s]*@/i, '$1');
}

/** ISO 8601 with the offset that the zone had at that moment, e.g. `2025-07-07T13:59:05-04:00`. */
function localTime(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString({ timeZone });
}

function wholeNumber(value: number): number | null {
  return Number.isSafeInteger(value) ? value : null;
}

/** `007` and ids beyond 2^53 stay text: as numbers they would be others. */
function numberWhereCanonical(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

function readOutcome(row: CallRow): Outcome {
  const { reached, prospect, reason, result, billable, billable_reason, flags, explanation } = row;
  const { scorecard, scorecard_version, judge } = row;
  return {
    reached,
    prospect,
    reason,
    result,
    billable,
    billable_reason,
    score: row.score === null ? null : Number(row.score),
    flags,
    explanation,
    scorecard,
    scorecard_version,
    judge,
    scored_at: row.scored_at.toISOString(),
  };
}
