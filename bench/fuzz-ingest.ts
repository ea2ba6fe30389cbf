import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { createConnections, freePort, startAria } from '../test/faults/aria-process.ts';
import { type FuzzRequest, fuzzRequest, type Keys, platformNames } from './fuzz-ingest-bodies.ts';
import { seededRandom } from './fuzz-ingest-random.ts';

/**
 * Posts generated bodies, most of them spoilt, to the real server: none may make it fail, hang or fall. A long run says how far
 * it is on stderr; Ctrl+C ends it with the report on what was sent.
 */
const { values: options } = parseArgs({
  options: {
    bodies: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    connections: { type: 'string', default: '16' },
    json: { type: 'boolean', default: false },
  },
});
const bodies = Number(options.bodies);
/** No answer within this time is a hang. */
const patienceMs = 20_000;
const shownFailures = 20;

const byStatus: Record<string, number> = {};
const failures: string[] = [];
let slowestMs = 0;
let rssPeak = 0;
let sent = 0;
let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true;
});

const place = { folder: await mkdtemp(join(tmpdir(), 'aria-fuzz-')), port: await freePort() };
const aria = await startAria(place);
try {
  const platforms = Object.keys(platformNames) as Keys['platform'][];
  const made = await createConnections(place, platforms);
  const keys = platforms.map((platform, i) => ({ ...made[i]!, platform }));
  const random = seededRandom(Number(options.seed));
  const pool = new Pool(aria.url, {
    connections: Number(options.connections),
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
  });
  const rssStart = aria.rssMb();
  const sender = async () => {
    while (sent < bodies && aria.isRunning() && !isStopped) {
      const number = sent++;
      if (number > 0 && number % 50_000 === 0) tellProgress();
      await post(pool, fuzzRequest(random, number, random.pick(keys)), number);
      if (number % 500 === 0) rssPeak = Math.max(rssPeak, aria.rssMb() ?? 0);
    }
  };
  await Promise.all(Array.from({ length: Number(options.connections) }, sender));
  await pool.close();
  if (!aria.isRunning()) failures.push(`the server fell: ${aria.output().slice(-2_000)}`);
  report(rssStart, aria.rssMb());
} finally {
  await aria.kill('SIGTERM');
  await rm(place.folder, { recursive: true, force: true });
}

async function post(pool: Pool, request: FuzzRequest, number: number): Promise<void> {
  const started = performance.now();
  try {
    const { method, path, headers, body } = request;
    const hasBody = body !== null && method !== 'HEAD';
    const answer = await pool.request({
      method: method as 'POST',
      path,
      headers,
      body: hasBody ? body : null,
    });
    const text = await answer.body.text();
    byStatus[answer.statusCode] = (byStatus[answer.statusCode] ?? 0) + 1;
    if (answer.statusCode >= 500) fail(request, number, `${answer.statusCode} ${text}`);
    else if (answer.statusCode === 202 && method !== 'HEAD') checkReceipt(request, number, text);
  } catch (error) {
    const { code = 'unknown', message } = error as { code?: string; message: string };
    byStatus[code] = (byStatus[code] ?? 0) + 1;
    fail(request, number, `${code}: ${message}`);
  }
  slowestMs = Math.max(slowestMs, performance.now() - started);
}

function tellProgress(): void {
  process.stderr.write(`${sent} bodies, ${failures.length} failures, ${aria.rssMb()} MB\n`);
}

/** "Accepted" says that the event belongs to a call now. */
function checkReceipt(request: FuzzRequest, number: number, text: string): void {
  const receipt = JSON.parse(text) as { status?: string; call_id?: string | null };
  if (receipt.status === 'accepted' && !receipt.call_id)
    fail(request, number, `accepted without a call: ${text}`);
}

function fail(request: FuzzRequest, number: number, what: string): void {
  const { method, path, headers, body } = request;
  const start = body?.toString('latin1').slice(0, 300) ?? '';
  failures.push(
    `body ${number}: ${what.slice(0, 500)}\n  ${method} ${path.slice(0, 100)} ${JSON.stringify(headers)}\n  ${JSON.stringify(start)}`,
  );
}

function report(rssStart: number | null, rssEnd: number | null): void {
  const five = Object.entries(byStatus).filter(([status]) => /^5\d\d$/.test(status));
  const result = {
    bodies: sent,
    seed: Number(options.seed),
    by_status: byStatus,
    five_xx: five.reduce((sum, [, count]) => sum + count, 0),
    failures: failures.length,
    slowest_ms: Math.round(slowestMs),
    rss_mb_start: rssStart,
    rss_mb_peak: rssPeak,
    rss_mb_end: rssEnd,
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    process.stdout.write(
      `${Object.entries(result)
        .map(([name, value]) => `${name.padEnd(14)}${JSON.stringify(value)}`)
        .join('\n')}\n`,
    );
  for (const failure of failures.slice(0, shownFailures)) process.stderr.write(`${failure}\n`);
  if (failures.length === 0) return;
  process.stderr.write(`the server said last:\n${aria.output().slice(-4_000)}\n`);
  process.exitCode = 1;
}
