import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPool, openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createConnection } from '../../src/receive/connection-store.ts';
import { startRollupKeeper } from '../../src/report/keep-rollups.ts';
import { documentedEvent } from '../documented-event.ts';
import { load } from '../ingest-load.ts';
import { percentile } from './percentile.ts';

export type MeasuredUpkeep = {
  with_rps: number;
  without_rps: number;
  /** How much of its throughput ingest loses to upkeep: 0.05 is a twentieth. */
  ratio: number;
};

/**
 * Durable ingest over HTTP with upkeep (triggers that mark hours and keep history, and the process that folds) and
 * without, in turn; fsync on. Medians of the pairs' ratios, since the machine drifts.
 */
export async function measureUpkeep(pairs: number, say: (text: string) => void): Promise<MeasuredUpkeep> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-bench-upkeep-'));
  const postgres = await startEmbedded({ folder });
  const pool = connectPool(postgres.url, 4);
  const db = openDatabase(pool);
  let child: ChildProcess | undefined;
  try {
    await migrate(db);
    const key = await createConnection(db, {
      name: 'bench',
      platform: 'ringba',
      timeZone: 'America/New_York',
      currency: 'USD',
      defaultCountry: 'US',
      channelLayout: 'caller-agent',
      scorecard: null,
    });
    child = fork(new URL('../ingest-server.ts', import.meta.url), ['durable', postgres.url]);
    const [{ address }] = (await once(child, 'message')) as [{ address: string }];
    const run = async (upkeep: boolean, label: string) => {
      for (const trigger of ['call_inserted', 'call_updated', 'call_deleted']) {
        await pool.query(`alter table call ${upkeep ? 'enable' : 'disable'} trigger ${trigger}`);
      }
      const fail = (error: unknown) => say(String(error));
      const keeper = upkeep ? startRollupKeeper({ db, onError: fail, onWrong: () => undefined }) : null;
      const target = { url: `${address}/v1/events`, body: (id: string) => documentedEvent(key, id) };
      const { rps } = await load(target, { connections: 64, seconds: 5, label });
      await keeper?.stop();
      return rps;
    };
    await run(false, 'warm-up');
    const rates = { with: [] as number[], without: [] as number[], ratio: [] as number[] };
    for (let pair = 0; pair < pairs; pair++) {
      // which comes first changes, so that drift favours neither
      const order = pair % 2 === 0 ? [true, false] : [false, true];
      const found = new Map<boolean, number>();
      for (const upkeep of order) found.set(upkeep, await run(upkeep, `${pair}-${upkeep}`));
      rates.with.push(found.get(true)!);
      rates.without.push(found.get(false)!);
      rates.ratio.push(1 - found.get(true)! / found.get(false)!);
      say(`upkeep: ${found.get(true)!.toFixed(0)} events/s with, ${found.get(false)!.toFixed(0)} without`);
    }
    return {
      with_rps: Math.round(percentile(rates.with, 0.5)),
      without_rps: Math.round(percentile(rates.without, 0.5)),
      ratio: Math.round(percentile(rates.ratio, 0.5) * 1000) / 1000,
    };
  } finally {
    child?.kill();
    await db.destroy();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
