import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { createFoldPace } from './fold-pace.ts';
import { findWrongHours, foldLock, foldMarked, lookAtMarks, mostMarks, thinMarks } from './fold-rollups.ts';
import { countWrongSums, sumTiers } from './rollup-tiers.ts';

/** Marked hours wait about this long at least: one fold serves many events. */
const pauseMs = 1_000;
/** Once a day the newest weeks, where late news falls, are compared with a recount. */
const checkEveryMs = 24 * 3_600_000;
const checkedDays = 40;
const hourMs = 3_600_000;

/** What a check found. */
export type RollupCheck = {
  hours: number;
  /** Hours with wrong rows. */
  wrong: Date[];
  /** Rows of days and months that are not the sums of their hours. */
  wrongSums: number;
};

/**
 * Folds marked hours as long as it runs, and checks once a day. Several processes may: they take turns.
 * @param deps.onWrong told when a check found wrong rows; they were repaired
 */
export function startRollupKeeper(deps: {
  db: Database;
  onError: (error: unknown) => void;
  onWrong: (found: RollupCheck) => void;
}): { stop: () => Promise<void> } {
  const { db } = deps;
  const stopping = new AbortController();
  const pace = createFoldPace(mostMarks);
  let checkedAt = Date.now();

  async function keep(): Promise<void> {
    await pause(pauseMs);
    while (!stopping.signal.aborted) {
      let wait = pauseMs;
      try {
        const start = performance.now();
        const marked = await lookAtMarks(db);
        const looked = performance.now();
        if (pace.isDue(marked, looked)) {
          await foldMarked(db);
          const end = performance.now();
          pace.folded(marked.calls, end - looked, end);
        } else if (marked.hours > 0) {
          await thinMarks(db);
        }
        wait = pace.untilNextLook(looked - start, pauseMs);
        if (Date.now() - checkedAt > checkEveryMs) await check();
      } catch (error) {
        wait = 10 * pauseMs;
        deps.onError(error);
      }
      await pause(wait);
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function check(): Promise<void> {
    checkedAt = Date.now();
    const to = new Date();
    const from = new Date(to.getTime() - checkedDays * 24 * hourMs);
    const found = await checkRollups(db, { from, to, repair: true });
    if (found.wrong.length + found.wrongSums > 0) deps.onWrong(found);
  }

  const running = keep();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Compares rollups with a recount of their calls, a day at a time, and days and months with the sums of their hours.
 * @param options.repair puts right what is wrong
 */
export async function checkRollups(
  db: Database,
  options: { from: Date; to: Date; repair: boolean; onDay?: (day: Date) => void },
): Promise<RollupCheck> {
  const found: RollupCheck = { hours: 0, wrong: [], wrongSums: 0 };
  const first = Math.floor(options.from.getTime() / hourMs) * hourMs;
  for (let day = first; day < options.to.getTime(); day += 24 * hourMs) {
    const hours = Array.from({ length: 24 }, (_, i) => new Date(day + i * hourMs)).filter(
      (hour) => hour < options.to,
    );
    found.hours += hours.length;
    found.wrong.push(...(await findWrongHours(db, hours)));
    options.onDay?.(new Date(day));
  }
  found.wrongSums = await countWrongSums(db, options.from, options.to);
  if (!options.repair) return found;
  if (found.wrong.length > 0) {
    await sql`insert into rollup_mark select unnest(${found.wrong}::timestamptz[])`.execute(db);
    while ((await foldMarked(db)).hours > 0);
  }
  if (found.wrongSums > 0) await sumAnew(db, options.from, options.to);
  return found;
}

/**
 * Sums hours anew from their calls, and days and months from their hours, whatever stood there.
 * @returns how many hours were summed
 */
export async function rebuildRollups(db: Database, { from, to }: { from: Date; to: Date }): Promise<number> {
  const { rows } = await sql<{ slot: Date }>`
    insert into rollup_mark
    select slot from generate_series(aria_hour(${from}::timestamptz), ${to}::timestamptz - interval '1 microsecond',
      interval '1 hour') slot
    where exists (select from call where call_at >= slot and call_at < slot + interval '1 hour')
      or exists (select from rollup_hour r where r.dimension = 'all' and r.slot = slot)
    returning slot`.execute(db);
  while ((await foldMarked(db)).hours > 0);
  await sumAnew(db, from, to);
  return rows.length;
}

async function sumAnew(db: Database, from: Date, to: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select ${foldLock}`.execute(tx);
    await sumTiers(tx, from, to);
  });
}
