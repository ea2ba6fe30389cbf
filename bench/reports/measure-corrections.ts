import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { percentile, tenth, timed } from './percentile.ts';

export type MeasuredCorrections = {
  calls: number;
  hours: number;
  /** By publisher over 30 days, while the hours of those calls are read from the calls. */
  report_p50_ms: number;
  fold_ms: number;
};

/** Late news: what reports take while it is not folded, and what folding takes. One after the other, more each time. */
export async function measureCorrections(db: Database): Promise<MeasuredCorrections[]> {
  const measured = [];
  for (const calls of [1, 50, 150]) {
    await sql`
      update call set sale_amount = 99.5, sale_count = 1 where id in (
        select id from call where call_at > (select max(call_at) from call) - interval '20 days'
        order by md5(id || ${calls}::text) limit ${calls})`.execute(db);
    const { rows } = await sql<{ hours: number }>`
      select count(distinct slot)::int as hours from rollup_mark`.execute(db);
    const { rows: ends } = await sql<{ at: Date }>`select max(call_at) as at from call`.execute(db);
    const ask = () =>
      getBreakdown(db, { by: 'publisher', compare: 'none', time_zone: 'America/New_York' }, ends[0]!.at);
    const times = [];
    for (let round = 0; round < 9; round++) times.push(await timed(ask));
    const fold = await timed(async () => {
      while ((await foldMarked(db)).hours > 0);
    });
    measured.push({
      calls,
      hours: rows[0]!.hours,
      report_p50_ms: tenth(percentile(times, 0.5)),
      fold_ms: tenth(fold),
    });
  }
  return measured;
}
