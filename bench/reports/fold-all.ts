import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';

/** Marks every hour that has calls, as an upgrade does. */
export async function markAll(db: Database): Promise<void> {
  await sql`truncate rollup_mark`.execute(db);
  await sql`insert into rollup_mark select distinct aria_hour(call_at) from call`.execute(db);
}

/** Folds every marked hour. @returns seconds */
export async function foldAll(db: Database, say: (text: string) => void): Promise<number> {
  const start = performance.now();
  for (let folded = 0; ; ) {
    const { hours } = await foldMarked(db);
    if (hours === 0) break;
    folded += hours;
    if (folded % 720 === 0)
      say(`${folded} hours folded in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  return (performance.now() - start) / 1000;
}
