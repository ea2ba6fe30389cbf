import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { type BreakdownQuery, getBreakdown } from '../../src/report/breakdown.ts';
import { duckdbMetrics } from './duckdb-metrics.ts';
import type { Duckdb } from './export-parquet.ts';
import { percentile, tenth, timed } from './percentile.ts';
import { type Question, questions } from './questions.ts';

export type MeasuredQuestion = {
  id: string;
  kind: Question['kind'];
  answered_from: string;
  rows: number;
  /** The first time, with nothing of it in memory but what others left there. */
  first_ms: number;
  p50_ms: number;
  p95_ms: number;
  /** Null: asked the product's way alone. */
  plain_p50_ms: number | null;
  duckdb_p50_ms: number | null;
};

/** The plain table is slow: it is asked this often, after one warm-up. */
const plainRounds = 3;

/**
 * Each question in turn: the product's way, the plain table, DuckDB.
 * @param duckdb null: the product's way alone, a matter of a minute
 */
export async function measureQuestions(
  db: Database,
  duckdb: Duckdb | null,
  options: { rounds: number; say: (text: string) => void },
): Promise<MeasuredQuestion[]> {
  const now = await lastNoon(db);
  const measured: MeasuredQuestion[] = [];
  for (const question of questions) {
    const { query, period } = asked(question, now);
    const ours = () => getBreakdown(db, query);
    const first = await timed(ours);
    const body = await ours();
    const other = async () => {
      const rows = await duckdb?.run(duckdbMetrics({ calls: 'calls', ...question.duckdb, period }));
      if (rows && (rows.length !== body.rows.length || Number(rows[0]?.calls) < 1)) {
        throw new Error(`${question.id}: ${body.rows.length} rows here, ${rows.length} in DuckDB`);
      }
    };
    await other();
    const mine = [];
    const theirs = [];
    for (let round = 0; round < options.rounds * 3; round++) {
      mine.push(await timed(ours));
      if (duckdb && round % 3 === 0) theirs.push(await timed(other));
    }
    const slow = duckdb ? await timePlain(() => getBreakdown(db, query, undefined, false)) : [];
    const result = {
      id: question.id,
      kind: question.kind,
      answered_from: body.answered_from,
      rows: body.rows.length,
      first_ms: tenth(first),
      p50_ms: tenth(percentile(mine, 0.5)),
      p95_ms: tenth(percentile(mine, 0.95)),
      plain_p50_ms: duckdb && tenth(percentile(slow, 0.5)),
      duckdb_p50_ms: duckdb && tenth(percentile(theirs, 0.5)),
    };
    measured.push(result);
    options.say(JSON.stringify(result));
  }
  return measured;
}

async function timePlain(ask: () => Promise<unknown>): Promise<number[]> {
  const times = [];
  const warmUp = await timed(ask);
  for (let round = 0; round < (warmUp > 20_000 ? 1 : plainRounds); round++) times.push(await timed(ask));
  return times;
}

/** The period ends with the last full day that was generated. */
function asked(
  { query: { days, ...query } }: Question,
  now: Date,
): { query: BreakdownQuery; period: string } {
  const timeZone = 'America/New_York';
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const to = day.format(now);
  const first = new Date(Date.parse(to) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
  return {
    query: { ...query, from: first, to, time_zone: timeZone },
    period: `call_at >= timestamp '${first}' at time zone '${timeZone}' and call_at < timestamp '${after}' at time zone '${timeZone}'`,
  };
}

async function lastNoon(db: Database): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select max(call_at) as at from call`.execute(db);
  return new Date(rows[0]!.at.getTime() - 12 * 3_600_000);
}
