import { sql } from 'kysely';
import type { Database } from '../src/db/database.ts';

const batch = 1_000;

/**
 * Calls of a year with transcripts of about 400 words in 40 turns: everyday words by Zipf's law, words of the trade
 * (each in about half of the calls), rare ones (each in one of 200), and a few sentences that recur. The words are drawn
 * by a fixed seed; the product's own trigger indexes them.
 */
export async function fillTranscripts(
  db: Database,
  count: number,
  onProgress: (done: number) => void,
): Promise<{ seconds: number; index_mb: number }> {
  const before = await indexSize(db);
  if (before.transcripts === count) return { seconds: 0, index_mb: before.mb };
  if (before.transcripts > 0)
    throw new Error(`The folder holds ${before.transcripts} transcripts, not ${count}.`);
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_bench', 'bench', 'generic', 'UTC', 'USD', 'US', 'caller-agent') on conflict do nothing`.execute(
    db,
  );
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values ('bench', 1, 'audio/wav', 'pcm', 2, 8000, 180, '[]') on conflict do nothing`.execute(db);
  await sql`drop index transcript_words_exact, transcript_words_stems`.execute(db);
  const began = performance.now();
  for (let first = 0; first < count; first += batch) {
    const last = Math.min(first + batch, count);
    await fillBatch(db, first, last, count);
    onProgress(last);
  }
  await sql`create index transcript_words_exact on transcript_words using gin (words)`.execute(db);
  await sql`create index transcript_words_stems on transcript_words using gin (stems)`.execute(db);
  await sql`vacuum analyze`.execute(db);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { seconds, index_mb: (await indexSize(db)).mb };
}

async function indexSize(db: Database): Promise<{ mb: number; transcripts: number }> {
  const { rows } = await sql<{ mb: number; transcripts: number }>`
    select ((pg_relation_size('transcript_words_exact') + pg_relation_size('transcript_words_stems'))
      / 1048576)::int as mb, (select count(*) from transcript_words) as transcripts`.execute(db);
  return rows[0]!;
}

async function fillBatch(db: Database, first: number, last: number, count: number): Promise<void> {
  const ids = Array.from({ length: last - first }, (_, i) => `call_${String(first + i).padStart(10, '0')}`);
  await sql`
    insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, call_date, publisher_name,
      buyer_name, connected_call_length, revenue)
    select id, 'con_bench', id, 1, n,
      timestamptz '2025-01-01' + (${first}::int + n) * interval '365 days' / ${count}::int,
      'Publisher ' || floor(60 * random() ^ 3), 'Buyer ' || floor(40 * random() ^ 2), 180, 25
    from unnest(${ids}::text[]) with ordinality as given (id, n)`.execute(db);
  const turns = ids.map(() => JSON.stringify(talk()));
  await sql`
    insert into transcript (call_id, hash, language, engine, turns)
    select id, 'bench', 'en', 'bench', turns::jsonb
    from unnest(${ids}::text[], ${turns}::text[]) as given (id, turns)`.execute(db);
}

const everyday = 'I you the and to it is a that not do have for me in call we are so just'.split(' ');
const trade = ['roof', 'policy', 'monthly', 'insurance', 'phone', 'address'];
const unusual = ['hailstorm', 'skylight', 'garnishment', 'annuity', 'foreclosure', 'chimney'];

function talk() {
  return Array.from({ length: 40 }, (_, t) => ({
    speaker: t % 2 === 0 ? 'agent' : 'caller',
    speakerConfidence: 1,
    start: t * 4,
    end: t * 4 + 4,
    text: sentence(t),
    words: [],
  }));
}

function sentence(turn: number): string {
  if (turn === 0) return 'thank you for calling this call is recorded';
  if (turn === 37 && random() < 0.01) return 'please do not call me again';
  if (turn === 21 && random() < 0.03) return `there was a ${unusual[Math.floor(6 * random())]} at home`;
  return Array.from({ length: 10 }, word).join(' ');
}

/** Half everyday words, the first of them most often; one in 100 of the trade; the rest from 20,000 by Zipf. */
function word(): string {
  if (random() < 0.5) return everyday[Math.floor(everyday.length * random() ** 2)]!;
  if (random() < 0.02) return trade[Math.floor(trade.length * random())]!;
  return `word${Math.floor(20_000 ** random())}`;
}

let state = 42;
/** The same numbers each time (mulberry32). */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}
