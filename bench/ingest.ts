import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectPool, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { createConnection } from '../src/receive/connection-store.ts';
import { benchConnection } from './bench-connection.ts';
import { cpuMs } from './cpu-time.ts';
import { documentedEvent } from './documented-event.ts';
import { load, type Round, type Target } from './ingest-load.ts';
import { reportRounds, reportSustained } from './ingest-report.ts';
import { sustain } from './ingest-sustained.ts';
import { directus } from './peers/directus.ts';
import { nodeRed } from './peers/node-red.ts';
import { dropUnstored, type Peers, startPeers } from './peers/start-peers.ts';

/**
 * Durable accepted events per second beside a server that only parses and validates, and beside one statement
 * per request; fsync on, all in one run, round by round in turn, since the machine's speed drifts. `--peers` puts
 * other self-hosted programs into the same rounds; `--sustained SECONDS` measures the durable server alone.
 */
const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: false },
    sustained: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const connections = Number(options.connections);
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);

const folder = await mkdtemp(join(tmpdir(), 'aria-bench-'));
const postgres = await startEmbedded({ folder });
const children: ChildProcess[] = [];
/** The processes that take part in the rounds of a target. */
const parts = new Map<string, Record<string, number>>();
let peers: Peers = new Map();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}
try {
  const pool = connectPool(postgres.url, 2);
  const db = openDatabase(pool);
  await migrate(db);
  const key = await createConnection(db, benchConnection);
  const countStored = async () => Number((await pool.query('select count(*) from event')).rows[0].count);
  const serve = async (mode: string): Promise<Target> => ({
    url: `${await startServer(mode)}/v1/events`,
    body: (id) => documentedEvent(key, id),
  });
  const postmaster = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0];

  if (options.sustained) {
    const length = Number(options.sustained);
    const run = await sustain(await serve('durable'), { connections, seconds: length });
    reportSustained({ connections, seconds: length, run, stored: await countStored() }, options);
  } else {
    const targets = new Map<string, Target>();
    for (const mode of ['floor', 'durable', 'one-by-one']) {
      targets.set(mode, await serve(mode));
      parts.set(mode, { server: children.at(-1)!.pid!, postgresql: Number(postmaster), load: process.pid });
    }
    if (options.peers) peers = await startPeers([nodeRed, directus], postgres.url, folder);
    for (const [name, peer] of peers) {
      if (peer) targets.set(name, { url: peer.url, body: (id) => peer.wrap(documentedEvent(key, id)) });
    }
    const runs = await takeTurns(targets);
    await dropUnstored(peers, runs);
    reportRounds({ connections, rounds, seconds, runs, peers, stored: await countStored() }, options);
  }
  await db.destroy();
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  for (const child of children) child.kill();
  for (const peer of peers.values()) await peer?.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startServer(mode: string): Promise<string> {
  const child = fork(new URL('./ingest-server.ts', import.meta.url), [mode, postgres.url]);
  children.push(child);
  const [message] = (await once(child, 'message')) as [{ address: string }];
  return message.address;
}

/** Milliseconds so far of each process that takes part. */
function readCpu(name: string): Record<string, number> {
  const read = Object.entries(parts.get(name) ?? {}).map(([part, pid]) => [
    part,
    cpuMs([pid], part !== 'load'),
  ]);
  return Object.fromEntries(read.filter(([, ms]) => ms !== null));
}

/** One target after the other, round by round; the first round of each is its warm-up. */
async function takeTurns(targets: Map<string, Target>): Promise<Map<string, Round[]>> {
  const runs = new Map<string, Round[]>([...targets.keys()].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, target] of targets) {
      const before = readCpu(name);
      const run = await load(target, { connections, seconds, label: `${name}-${round}` });
      const after = readCpu(name);
      const cpu = Object.fromEntries(
        Object.keys(after).map((part) => [part, (1000 * (after[part]! - before[part]!)) / run.accepted]),
      );
      runs.get(name)!.push({ ...run, cpu });
    }
  }
  return runs;
}
