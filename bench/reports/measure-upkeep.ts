import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPool, openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createConnection } from '../../src/receive/connection-store.ts';
import { startRollupKeeper } from '../../src/report/keep-rollups.ts';
import { benchConnection } from '../bench-connection.ts';
import { cpuMs } from '../cpu-time.ts';
import { documentedEvent } from '../documented-event.ts';
import { load, type Target } from '../ingest-load.ts';
import { percentile } from './percentile.ts';

export type MeasuredUpkeep = {
  with_rps: number;
  without_rps: number;
  /** Processor time of server and PostgreSQL per event, folding included. */
  with_cpu_us: number;
  without_cpu_us: number;
  /** What of its processor time upkeep adds to ingest: 0.05 is a twentieth. */
  ratio: number;
};

type Run = { rps: number; us: number };

/** Long enough for several folds. */
const secondsEach = 60;
const callers = 20_000;

/** What differs between live calls: mostly of this hour, one in eight of the day before; publishers by a power law. */
function varied(variant: number) {
  const hoursAgo = variant % 8 === 0 ? (variant >> 3) % 24 : 0;
  const at = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  const publisher = Math.floor(60 * (variant / callers) ** 3);
  return {
    caller_id: `+1212${5_000_000 + variant}`,
    call_date: at,
    publisher_name: `Publisher ${publisher}`,
    publisher_sub_id: `sub-${variant % 300}`,
    campaign_name: `Campaign ${publisher * 2 + (variant % 2)}`,
    buyer_name: `Buyer ${variant % 40}`,
    target_name: `Target ${variant % 120}`,
    zip_code: String(10_000 + (variant % 2_000)),
  };
}

/**
 * Durable ingest over HTTP with upkeep (triggers that mark hours and keep history, and the process that folds) and
 * without, in turn; fsync on. The ratio is of processor time, medians of the pairs: rates drift with whatever else runs.
 * Linux only.
 */
export async function measureUpkeep(pairs: number, say: (text: string) => void): Promise<MeasuredUpkeep> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-bench-upkeep-'));
  const postgres = await startEmbedded({ folder });
  const pool = connectPool(postgres.url, 4);
  const db = openDatabase(pool);
  let child: ChildProcess | undefined;
  try {
    await migrate(db);
    const key = await createConnection(db, benchConnection);
    child = fork(new URL('../ingest-server.ts', import.meta.url), ['durable', postgres.url]);
    const [{ address }] = (await once(child, 'message')) as [{ address: string }];
    const postmaster = Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const pids = [postmaster, child.pid!];
    const target: Target = {
      url: `${address}/v1/events`,
      body: (id, variant) => ({ ...documentedEvent(key, id), ...varied(variant) }),
      variants: callers,
    };
    const run = async (upkeep: boolean, label: string, seconds = secondsEach) => {
      // each begins with a day that has no calls yet: folding costs the more, the more an hour has
      await pool.query(
        'truncate event, call, call_stage, rollup_mark, rollup_hour, rollup_day, rollup_month cascade',
      );
      for (const trigger of ['call_inserted', 'call_updated', 'call_deleted']) {
        await pool.query(`alter table call ${upkeep ? 'enable' : 'disable'} trigger ${trigger}`);
      }
      const fail = (error: unknown) => say(String(error));
      const keeper = upkeep ? startRollupKeeper({ db, onError: fail, onWrong: () => undefined }) : null;
      const before = cpuMs(pids);
      const { rps, accepted } = await load(target, { connections: 64, seconds, label });
      await keeper?.stop();
      return { rps, us: (1000 * ((cpuMs(pids) ?? Number.NaN) - (before ?? 0))) / accepted };
    };
    await run(false, 'warm-up', 5);
    const runs: { on: Run; off: Run }[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      // which comes first changes, so that drift favours neither
      const found = new Map<boolean, Run>();
      for (const upkeep of pair % 2 === 0 ? [true, false] : [false, true]) {
        found.set(upkeep, await run(upkeep, `${pair}-${upkeep}`));
      }
      const [on, off] = [found.get(true)!, found.get(false)!];
      runs.push({ on, off });
      say(`upkeep: ${on.us.toFixed(0)} µs of processor an event with, ${off.us.toFixed(0)} without`);
    }
    const median = (pick: (pair: { on: Run; off: Run }) => number) => percentile(runs.map(pick), 0.5);
    return {
      with_rps: Math.round(median(({ on }) => on.rps)),
      without_rps: Math.round(median(({ off }) => off.rps)),
      with_cpu_us: Math.round(median(({ on }) => on.us)),
      without_cpu_us: Math.round(median(({ off }) => off.us)),
      ratio: Math.round(median(({ on, off }) => on.us / off.us - 1) * 1000) / 1000,
    };
  } finally {
    child?.kill();
    await db.destroy();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
