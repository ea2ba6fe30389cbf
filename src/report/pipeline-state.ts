import { sql } from 'kysely';
import type { PipelineStateBody } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { type Stage, type StageState, stageStates, stages } from '../domain/stage.ts';
import { countableRows, estimateRows } from './row-estimate.ts';
import { adviceFor } from './stage-row.ts';

type CountRow = { stage: Stage; state: StageState; calls: number };
type FailureRow = { stage: Stage; code: string; calls: number };
type OldestRow = { stage: Stage; oldest: Date | null };

/** States in which nearly all calls end: too many to count in a large store. */
const settled: StageState[] = ['done', 'skipped'];

/**
 * Where calls stand, stage by stage, since when they wait, and what holds them up.
 * @param maxCounted in a larger store, settled calls are estimated instead of counted
 */
export async function getPipelineState(db: Database, maxCounted = countableRows): Promise<PipelineStateBody> {
  const countable = (await estimateRows(db, sql`select 1 from call_stage`)) <= maxCounted;
  const [counts, estimates, failures, oldest] = await Promise.all([
    countStates(db, countable ? [...stageStates] : stageStates.filter((state) => !settled.includes(state))),
    countable ? [] : estimateSettled(db),
    countFailures(db),
    findOldest(db),
  ]);
  return {
    stages: stages.map((stage) => ({
      stage,
      counts: Object.fromEntries(
        [...counts, ...estimates].filter((row) => row.stage === stage).map((row) => [row.state, row.calls]),
      ),
      estimated: !countable,
      oldest_waiting_at: oldest.find((row) => row.stage === stage)?.oldest?.toISOString() ?? null,
      failures: failures
        .filter((row) => row.stage === stage)
        .map(({ code, calls }) => ({ code, calls, advice: adviceFor(code) })),
    })),
  };
}

async function countStates(db: Database, states: StageState[]): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select stage, state, count(*) as calls from call_stage where state = any(${states}) group by stage, state`.execute(
    db,
  );
  return rows;
}

async function estimateSettled(db: Database): Promise<CountRow[]> {
  const pairs = stages.flatMap((stage) => settled.map((state) => ({ stage, state })));
  return Promise.all(
    pairs.map(async ({ stage, state }) => {
      const rows = sql`select 1 from call_stage where stage = ${stage} and state = ${state}`;
      return { stage, state, calls: await estimateRows(db, rows) };
    }),
  );
}

/** By the last error of calls that failed for good, are parked, or will be tried again. */
async function countFailures(db: Database): Promise<FailureRow[]> {
  const { rows } = await sql<FailureRow>`
    select stage, error_code as code, count(*) as calls from call_stage
    where stage = any(${stages}) and state in ('failed', 'parked', 'retrying') and error_code is not null
    group by stage, error_code order by calls desc, code`.execute(db);
  return rows;
}

/** Since when the oldest call that could go on has been due. */
async function findOldest(db: Database): Promise<OldestRow[]> {
  const { rows } = await sql<OldestRow>`
    select s.stage, least(
      (select w.due_at from call_stage w where w.stage = s.stage and w.state = 'waiting' order by w.due_at limit 1),
      (select min(q.due_at) from call_stage q where q.stage = s.stage and q.state = 'queued')) as oldest
    from unnest(${stages}::text[]) s(stage)`.execute(db);
  return rows;
}
