import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { connectPool, type Database, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { builtInScorecards } from '../src/main/folders.ts';
import { summarizeRescore } from '../src/report/rescore-summary.ts';
import { judgeLocally } from '../src/score/local/judge.ts';
import { createRescore, decideRescore } from '../src/score/rescore/rescore-store.ts';
import { workOnRescore } from '../src/score/rescore/rescorer.ts';
import { saveDraft, takeUpFiles } from '../src/score/save-scorecard.ts';
import { checkScorecards } from '../src/score/scorecard-file.ts';
import { openScorecardStore } from '../src/score/scorecard-store.ts';
import { readWrittenCalls } from '../test/score/read-calls.ts';

/**
 * How long judging calls again takes: written calls (test/score/calls) with words and times, stored as often as asked
 * for; scored once, then judged by drafts that pay for less, summarised, and published. Times by the clock on the wall;
 * judging runs in one process, on one core beside the database.
 */
const { values } = parseArgs({
  options: { calls: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const calls = Number(values.calls);

/** Billing rules under which only what was bound is paid for. */
const dearer = `  - id: bound
    when: { result: [application, sale] }
    billable: "yes"
    because: an application or a sale was made
  - id: not_bound
    when: {}
    billable: "no"
    because: nothing was bound
`;

const folder = await mkdtemp(join(tmpdir(), 'aria-bench-rescore-'));
const server = await startEmbedded({ folder });
const db = openDatabase(connectPool(server.url, 4));
try {
  await migrate(db);
  const { filed } = checkScorecards(builtInScorecards);
  await takeUpFiles(db, filed);
  await fill(db, calls);
  const scorecards = openScorecardStore(db);
  const deps = { db, scorecards, judges: { local: judgeLocally }, signal: new AbortController().signal };
  const all = { from: null, to: null, connectionId: null, scorecard: null, version: null };
  const task = { ...all, everyCall: false, judge: 'local', createdBy: 'bench' };

  const first = await createRescore(db, { ...task, drafts: false });
  const scored = await timed(() => workOnRescore(deps, first));
  await decideRescore(db, first, 'publish', 'bench');
  await workOnRescore(deps, first);

  for (const { name, source, shared } of filed)
    await saveDraft(db, { source: `${source}\npolicy:\n${dearer}`, shared }, 'bench', name);
  const second = await createRescore(db, { ...task, drafts: true });
  const judged = await timed(() => workOnRescore(deps, second));
  const summary = await timed(() => summarizeRescore(db, second));
  await decideRescore(db, second, 'publish', 'bench');
  const published = await timed(() => workOnRescore(deps, second));

  const report = {
    calls,
    first_seconds: scored.seconds,
    judge_seconds: judged.seconds,
    summary_seconds: summary.seconds,
    judge_and_summary_seconds: round(judged.seconds + summary.seconds),
    publish_seconds: published.seconds,
    calls_per_second: Math.round(calls / judged.seconds),
    changed: summary.value.changed,
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  if (values.json) console.log(JSON.stringify(report));
  else console.table(report);
} finally {
  await db.destroy();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: round((performance.now() - started) / 1000) };
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

/** Calls with a transcript each, its words timed as an engine would; every third was billed. */
async function fill(into: Database, count: number): Promise<void> {
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'bench', 'generic', 'UTC', 'USD', 'US', 'caller-agent')`.execute(into);
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values ('h', 1, 'audio/wav', 'pcm', 2, 8000, 60, '[]')`.execute(into);
  const written = readWrittenCalls().map((call) => ({
    vertical: call.vertical,
    turns: call.turns.map((turn) => {
      const words = turn.text.split(/\s+/);
      return {
        ...turn,
        words: words.map((text, at) => ({
          text,
          confidence: 0.9,
          start: turn.start + at * 0.3,
          end: turn.start + at * 0.3 + 0.28,
        })),
      };
    }),
  }));
  for (let at = 0; at < count; at += 500) {
    const rows = Array.from({ length: Math.min(500, count - at) }, (_, i) => {
      const { vertical, turns } = written[(at + i) % written.length]!;
      const id = `call_${String(at + i).padStart(8, '0')}`;
      return { id, vertical, turns, revenue: (at + i) % 3 === 0 ? 40 : 0, buyer: `Buyer ${(at + i) % 20}` };
    });
    const text = JSON.stringify(rows);
    await sql`
      insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, vertical, call_date,
        connected_call_length, is_duplicate, revenue, buyer_name)
      select id, 'con_1', id, 1, 1, vertical, '2025-11-05T15:00:00Z', 95, false, revenue, buyer
      from jsonb_to_recordset(${text}::jsonb) as r(id text, vertical text, revenue numeric, buyer text)`.execute(
      into,
    );
    await sql`
      insert into transcript (call_id, hash, language, engine, turns)
      select id, 'h', 'en', 'bench', turns from jsonb_to_recordset(${text}::jsonb) as r(id text, turns jsonb)`.execute(
      into,
    );
  }
}
