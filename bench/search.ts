import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectPool, type Database, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { type SearchQuery, searchCalls } from '../src/report/search.ts';
import { fillTranscripts } from './search-transcripts.ts';

/**
 * How long a search takes: a year of calls with transcripts of about 400 words, then each question several times
 * with other words, each time as the API asks it (20 newest calls with their snippets).
 */
const { values } = parseArgs({
  options: {
    transcripts: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '12' },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const transcripts = Number(values.transcripts);
const rounds = Number(values.rounds);

type Question = { id: string; q: (n: number) => string; more?: Partial<SearchQuery> };

/** `common`: in half of the calls; `rare`: in about one of 200; the phrases mix both. */
const common = ['roof', 'policy', 'monthly', 'insurance', 'phone', 'address'];
const rare = ['hailstorm', 'skylight', 'garnishment', 'annuity', 'foreclosure', 'chimney'];
const pick = (words: string[], n: number) => words[n % words.length]!;
const questions: Question[] = [
  { id: 'common word', q: (n) => pick(common, n) },
  { id: 'rare word', q: (n) => pick(rare, n) },
  { id: 'two common words', q: (n) => `${pick(common, n)} ${pick(common, n + 1)}` },
  { id: 'common and rare', q: (n) => `${pick(common, n)} ${pick(rare, n)}` },
  { id: 'two rare words', q: (n) => `${pick(rare, n)} ${pick(rare, n + 1)}` },
  { id: 'phrase said often', q: () => '"thank you for calling"' },
  { id: 'phrase of everyday words', q: () => '"do not call me"' },
  { id: 'phrase never said', q: (n) => `"${pick(common, n)} ${pick(rare, n + 2)} the"` },
  { id: 'phrase of common words never said', q: () => '"policy roof monthly phone"' },
  { id: 'prefix', q: (n) => `${pick(common, n).slice(0, 4)}*` },
  { id: 'rare prefix', q: (n) => `${pick(rare, n).slice(0, 5)}*` },
  { id: 'near', q: (n) => `${pick(common, n)} NEAR/5 ${pick(common, n + 2)}` },
  { id: 'near, common and rare', q: (n) => `${pick(common, n)} NEAR/5 ${pick(rare, n)}` },
  { id: 'by the caller', q: (n) => `caller:${pick(common, n)}` },
  { id: 'by the agent, rare', q: (n) => `agent:${pick(rare, n)}` },
  { id: 'one without the other', q: (n) => `${pick(rare, n)} -${pick(common, n)}` },
  { id: 'one of two', q: (n) => `${pick(rare, n)} OR ${pick(rare, n + 1)}` },
  { id: 'not said at all', q: (n) => `unheard${n}` },
  { id: 'common word, one publisher', q: (n) => pick(common, n), more: { publisher_name: 'Publisher 7' } },
  { id: 'common word, best first', q: (n) => pick(common, n), more: { order: 'rank' } },
  { id: 'rare word, best first', q: (n) => pick(rare, n), more: { order: 'rank' } },
  { id: 'phrase said often, best first', q: () => '"thank you for calling"', more: { order: 'rank' } },
  {
    id: 'near, common and rare, best first',
    q: (n) => `${pick(common, n)} NEAR/5 ${pick(rare, n)}`,
    more: { order: 'rank' },
  },
  { id: 'rare word, one month', q: (n) => pick(rare, n), more: { from: '2025-03-01', to: '2025-03-31' } },
];

// a folder that is named is kept, and used again by the next run
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'aria-bench-search-')));
const server = await startEmbedded({
  folder,
  noSync: true,
  settings: { fsync: 'off', maintenance_work_mem: '512MB' },
});
const db: Database = openDatabase(connectPool(server.url, 4));
try {
  await migrate(db);
  const filled = await fillTranscripts(db, transcripts, (done) =>
    process.stderr.write(`\r${done} of ${transcripts} transcripts`),
  );
  process.stderr.write('\n');
  const answers = [];
  for (const question of questions) {
    const times: number[] = [];
    let found = 0;
    for (let n = 0; n < rounds; n++) {
      const began = performance.now();
      const { items } = await searchCalls(db, { q: question.q(n), limit: 20, ...question.more });
      times.push(performance.now() - began);
      found += items.length;
    }
    answers.push({ id: question.id, times, found: found / rounds });
  }
  report(answers, filled);
} finally {
  await db.destroy();
  await server.stop();
  if (!values.folder) await rm(folder, { recursive: true, force: true });
}

function report(
  answers: { id: string; times: number[]; found: number }[],
  filled: { seconds: number; index_mb: number },
): void {
  const all = answers.flatMap(({ times }) => times);
  const result = {
    transcripts,
    p50_ms: quantile(all, 0.5),
    p95_ms: quantile(all, 0.95),
    max_ms: quantile(all, 1),
    ...filled,
    questions: answers.map(({ id, times, found }) => ({
      id,
      p50_ms: quantile(times, 0.5),
      p95_ms: quantile(times, 0.95),
      found,
    })),
  };
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const lines = result.questions.map(
    ({ id, p50_ms, p95_ms, found }) =>
      `${id.padEnd(36)}${p50_ms.toFixed(1).padStart(9)}${p95_ms.toFixed(1).padStart(9)}${found.toFixed(1).padStart(8)}`,
  );
  process.stdout.write(
    `${transcripts} transcripts, times in ms\n${'question'.padEnd(36)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'found'.padStart(8)}\n${lines.join('\n')}\n\nall: p50 ${result.p50_ms.toFixed(1)}, p95 ${result.p95_ms.toFixed(1)}, longest ${result.max_ms.toFixed(1)}; index ${filled.index_mb} MB\n`,
  );
}

function quantile(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!.toFixed(2));
}
