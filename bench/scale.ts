import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { connectPool, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';

/**
 * How many calls per second the pipeline takes from a recording's address to an outcome, with 1, 2 and 4 worker
 * processes on one database: each call is fetched over HTTP, decoded, transcribed by a server that takes
 * `--seconds` for it (as one in the network does; it answers with the same words each time) and scored by the local
 * judge. On a machine with few cores the workers share them.
 */
const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '120' },
    seconds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const calls = Number(options.calls);
const seconds = Number(options.seconds);

/** What the transcribing server hears each time, in the form of OpenAI's `verbose_json`. */
const spoken = {
  language: 'english',
  duration: 10,
  text: 'Hello, my roof is leaking. I own the house. Can you come tomorrow at nine? Yes, we have you booked.',
  segments: [
    { start: 0.2, end: 2.4, text: 'Hello, my roof is leaking.' },
    { start: 2.6, end: 4.1, text: 'I own the house.' },
    { start: 4.4, end: 6.9, text: 'Can you come tomorrow at nine?' },
    { start: 7.1, end: 9.6, text: 'Yes, we have you booked.' },
  ],
};

const folder = await mkdtemp(join(tmpdir(), 'aria-bench-scale-'));
const postgres = await startEmbedded({ folder: join(folder, 'postgres') });
const pool = connectPool(postgres.url, 4);
const servers: Server[] = [];
const running = new Set<ChildProcess>();
try {
  await migrate(openDatabase(pool));
  await pool.query(`
    insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout, scorecard)
    values ('con_bench', 'bench', 'ringba', 'America/New_York', 'USD', 'US', 'mono', 'home_services')`);
  const recordings = await serve((_body, send) => send('audio/wav', tone()));
  const speech = await serve(async (_body, send) => {
    await sleep(seconds * 1000);
    send('application/json', Buffer.from(JSON.stringify(spoken)));
  });
  const workers: Record<string, number> = {};
  for (const count of [1, 2, 4]) {
    workers[count] = await measure(count, recordings, speech);
    if (!options.json) process.stdout.write(`${count} workers   ${workers[count]} calls/s\n`);
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ calls, transcribe_seconds: seconds, workers })}\n`);
} finally {
  for (const child of running) child.kill('SIGKILL');
  for (const server of servers) server.close();
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Calls per second from the first that is done to the last, so that starting the processes does not count. */
async function measure(count: number, recordings: string, speech: string): Promise<number> {
  await pool.query('truncate call cascade');
  const children = Array.from({ length: count }, () => startWorker(speech));
  await Promise.all(children.map((child) => once(child.stdout!, 'data')));
  await addCalls(pool, recordings, `w${count}`);
  let first = 0;
  let before = 0;
  for (;;) {
    const { rows } = await pool.query(`
      select count(*) filter (where state in ('done', 'skipped', 'failed', 'parked') and stage = 'score') as done,
        count(*) filter (where state in ('failed', 'parked')) as bad, min(error_code) as code, min(error_detail) as detail
      from call_stage`);
    const { done, bad, code, detail } = rows[0];
    if (bad > 0) throw new Error(`A call failed: ${code}: ${detail}`);
    if (done > 0 && first === 0) {
      first = performance.now();
      before = done;
    }
    if (done === calls) break;
    await sleep(50);
  }
  const rate = (calls - before) / ((performance.now() - first) / 1000);
  for (const child of children) {
    child.kill('SIGTERM');
    await once(child, 'exit');
    running.delete(child);
  }
  return Math.round(rate * 10) / 10;
}

function startWorker(speech: string): ChildProcess {
  const cli = fileURLToPath(new URL('../src/main/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'work'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: '/usr/bin:/bin',
      DATABASE_URL: postgres.url,
      ARIA_DATA_DIR: join(folder, 'data'),
      ARIA_TRANSCRIBE_URL: speech,
      ARIA_ALLOW_HOSTS: '127.0.0.1',
      ARIA_LOG_LEVEL: 'error',
      HOME: folder,
    },
  });
  running.add(child);
  return child;
}

async function addCalls(db: pg.Pool, recordings: string, name: string): Promise<void> {
  await db.query(
    `with c as (
       insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, vertical,
         connected_call_length, recording)
       select 'call_' || $1 || n, 'con_bench', $1 || n, 2, n, 'home-services', 60, $2 || '/' || $1 || n || '.wav'
       from generate_series(1, $3::int) n returning id, recording
     )
     insert into call_stage (call_id, stage, state, input) select id, 'recording', 'waiting', recording from c`,
    [name, recordings, calls],
  );
}

type Send = (type: string, body: Buffer) => void;

/** A local server that reads the request and answers it. @returns its address */
async function serve(answer: (body: Buffer, send: Send) => unknown): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    answer(Buffer.concat(parts), (type, body) => response.writeHead(200, { 'content-type': type }).end(body));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ten seconds at 8 kHz, 16 bit, one channel; other bytes each time, since equal recordings are fetched once. */
function tone(): Buffer {
  const samples = 80_000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    // a voice of sorts: a tone that swells and fades, with some noise
    const loud = 6000 * (1 + Math.sin(i / 1600));
    wav.writeInt16LE(Math.round(loud * Math.sin(i / 6) * 0.5 + Math.random() * 200), 44 + i * 2);
  }
  return wav;
}
