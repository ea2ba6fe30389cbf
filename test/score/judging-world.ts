import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { takeUpFiles } from '../../src/score/save-scorecard.ts';
import { makeScoreStage } from '../../src/score/score-stage.ts';
import { checkScorecards, type FiledScorecard } from '../../src/score/scorecard-file.ts';
import { openScorecardStore, type ScorecardStore } from '../../src/score/scorecard-store.ts';
import { createTestDatabase } from '../support/database.ts';

/** A database with the built-in scorecards published, one connection, and calls as they are needed. */
export type JudgingWorld = {
  db: Database;
  scorecards: ScorecardStore;
  solar: FiledScorecard;
  /** A transcribed call; its id comes back. */
  addCall: (over?: {
    vertical?: string;
    lines?: string[];
    revenue?: string;
    buyer?: string;
  }) => Promise<string>;
  score: (id: string) => Promise<void>;
  readCall: (id: string) => Promise<Record<string, unknown>>;
  drop: () => Promise<void>;
};

export const qualifiedTalk = [
  'A: Sun Path on a recorded line, this is Mona.',
  'C: Hi, I want to ask about solar panels.',
  'A: Do you own the home?',
  'C: Yes, since 2011.',
  'A: And the electric bill?',
  'C: Two hundred and ten.',
];

export const toTurns = (lines: string[]): Turn[] =>
  lines.map((line, i) => ({
    speaker: line.startsWith('A') ? 'agent' : 'caller',
    speakerConfidence: 1,
    start: i * 4,
    end: i * 4 + 3,
    text: line.slice(2).trim(),
    words: [],
  }));

/** @param held a migrated database; default: one of its own, dropped by `drop` */
export async function startJudgingWorld(held?: Database): Promise<JudgingWorld> {
  const { db, drop } = held ? { db: held, drop: async () => undefined } : await createTestDatabase();
  const { filed } = checkScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
  await takeUpFiles(db, filed);
  const scorecards = openScorecardStore(db);
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'one', 'generic', 'UTC', 'USD', 'US', 'caller-agent')`.execute(db);
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values ('h', 1, 'audio/wav', 'pcm', 2, 8000, 60, '[]')`.execute(db);
  let calls = 0;
  return {
    db,
    scorecards,
    solar: filed.find(({ scorecard }) => scorecard.id === 'solar')!,
    drop,
    async addCall({ vertical = 'Solar', lines = qualifiedTalk, revenue = '40', buyer = 'Acme' } = {}) {
      const id = `call_${String(++calls).padStart(4, '0')}`;
      await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, vertical,
          call_date, connected_call_length, is_duplicate, revenue, buyer_name)
        values (${id}, 'con_1', ${id}, 1, 1, ${vertical}, '2025-11-05T15:00:00Z', 95, false, ${revenue}, ${buyer})`.execute(
        db,
      );
      await sql`insert into call_recording (call_id, hash, url) values (${id}, 'h', 'https://r.example/1')`.execute(
        db,
      );
      await sql`insert into transcript (call_id, hash, language, engine, turns)
        values (${id}, 'h', 'en', 'test', ${JSON.stringify(toTurns(lines))}::jsonb)`.execute(db);
      return id;
    },
    async score(id) {
      const result = await makeScoreStage({ db, judge: judgeLocally, scorecards })(
        id,
        new AbortController().signal,
      );
      if ('write' in result) await db.transaction().execute(result.write);
    },
    async readCall(id) {
      const { rows } = await sql<Record<string, unknown>>`select * from call where id = ${id}`.execute(db);
      return rows[0]!;
    },
  };
}
