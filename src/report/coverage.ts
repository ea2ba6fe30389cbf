import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type {
  CoverageBody,
  getCoverage as coverageRoute,
  listUnscoredCalls as listRoute,
  UnscoredCallBody,
} from '../contract/traffic-reports.ts';
import type { Database } from '../db/database.ts';
import type { Stage, StageState } from '../domain/stage.ts';
import { all, callConditions } from './call-filters.ts';
import { type ReferenceRow, referenceColumns, toReference } from './call-reference.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { definitionsOf } from './definitions.ts';
import { storableText } from './invalid-query.ts';
import { readPeriod } from './period.ts';
import { readReportPeriod } from './report-period.ts';
import { adviceFor } from './stage-row.ts';

type Why = { stage: Stage | null; state: StageState | null; code: string | null };

/** Of a call that is not scored: the first stage that is not done. A skipped stage follows one that says why. */
const heldAt = sql`
  left join lateral (
    select s.stage, s.state, s.error_code as code, s.error_detail as detail from call_stage s
    where s.call_id = c.id and s.state <> 'done'
    order by array_position(array['recording', 'transcribe', 'score'], s.stage) limit 1
  ) held on true`;

/**
 * How many calls of a period were scored, and why the others were not. Without `from` and `to`: the last 30 days.
 * @throws InvalidQuery
 */
export async function getCoverage(
  db: Database,
  query: z.infer<(typeof coverageRoute)['query']>,
  now: Date = new Date(),
): Promise<CoverageBody> {
  const period = await readReportPeriod(db, query, now);
  const { facts, findings } = callConditions(query, period);
  const among = all([sql<boolean>`not c.is_test`, ...facts, ...findings]);
  const [{ rows: totals }, { rows: reasons }] = await Promise.all([
    sql<{ calls: number; scored: number; connected: number; connected_scored: number }>`
      select count(*) as calls, count(*) filter (where c.scored_at is not null) as scored,
        count(*) filter (where c.connected) as connected,
        count(*) filter (where c.connected and c.scored_at is not null) as connected_scored
      from call c where ${among}`.execute(db),
    sql<Why & { detail: string | null; calls: number; connected: number }>`
      select held.stage, held.state, held.code, min(held.detail) as detail, count(*) as calls,
        count(*) filter (where c.connected) as connected
      from call c ${heldAt} where ${among} and c.scored_at is null
      group by held.stage, held.state, held.code order by calls desc, held.stage, held.state, held.code`.execute(
      db,
    ),
  ]);
  const total = totals[0]!;
  return {
    from: period.from,
    to: period.to,
    time_zone: period.timeZone,
    metrics: definitionsOf('calls', 'connected', 'scored', 'coverage'),
    ...total,
    coverage: total.connected === 0 ? null : round((100 * total.connected_scored) / total.connected),
    reasons: reasons.map(({ detail, ...reason }) => ({
      ...reason,
      label: labelOf(reason, detail),
      advice: reason.code ? adviceFor(reason.code) : adviceWithoutCode(reason),
    })),
  };
}

/** The calls behind it, newest first. @throws InvalidQuery */
export async function listUnscoredCalls(
  db: Database,
  query: z.infer<(typeof listRoute)['query']>,
): Promise<{ items: UnscoredCallBody[]; next: string | null }> {
  const { facts, findings } = callConditions(query, readPeriod(query));
  const conditions = [
    sql<boolean>`not c.is_test and c.scored_at is null`,
    ...facts,
    ...findings,
    ...heldFor(query),
  ];
  const after = decodeCursor('unscored', query.cursor);
  if (after) conditions.push(sql`(c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`);
  const { rows } = await sql<ReferenceRow & Why & { detail: string | null }>`
    select ${referenceColumns}, held.stage, held.state, held.code, held.detail
    from call c join connection cn on cn.id = c.connection_id ${heldAt}
    where ${all(conditions)} order by c.call_at desc, c.id desc limit ${query.limit + 1}`.execute(db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => {
      const { stage, state, code, detail } = row;
      return { ...toReference(row), stage, state, code, detail };
    }),
    next: more ? encodeCursor('unscored', { at: last.place, id: last.call_id }) : null,
  };
}

function heldFor({ stage, state, code }: z.infer<(typeof listRoute)['query']>): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (stage) conditions.push(stage === 'none' ? sql`held.stage is null` : sql`held.stage = ${stage}`);
  if (state) conditions.push(sql`held.state = ${state}`);
  if (code) conditions.push(sql`held.code = ${storableText('code', code)}`);
  return conditions;
}

const underWay: StageState[] = ['waiting', 'queued', 'running', 'retrying'];
const stageNames: Record<Stage, string> = {
  recording: 'the recording',
  transcribe: 'the transcript',
  score: 'the score',
};

function labelOf({ stage, state, code }: Why, detail: string | null): string {
  if (stage === null || state === null) return 'No recording was sent';
  if (underWay.includes(state) && !code) return `Under way: ${stageNames[stage]} is ${state}`;
  if (state === 'skipped') return `Skipped: ${detail ?? stageNames[stage]}`;
  return `${stageNames[stage][0]!.toUpperCase()}${stageNames[stage].slice(1)}: ${code ?? state}`;
}

function adviceWithoutCode({ stage, state }: Why): string {
  if (stage === null)
    return 'A call without a recording cannot be scored. Where calls are connected, have the platform send the recording field.';
  return state !== null && underWay.includes(state) ? 'Nothing to do: it goes on by itself.' : '';
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}
