import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { StageResult } from '../../src/db/stage.ts';
import { Failure, type FailureCode } from '../../src/domain/failure.ts';
import type { Engine } from '../../src/transcribe/engines/engine.ts';
import { engineAlerts } from '../../src/transcribe/engines/engine-alerts.ts';
import { makeTranscribeStage } from '../../src/transcribe/transcribe-stage.ts';
import type { RawTranscript, Segment, Transcribe } from '../../src/transcribe/transcriber.ts';
import type { VoicesAnswer } from '../../src/transcribe/voices/hear-voices.ts';
import { tones, wav } from '../recording/make-audio.ts';
import { databaseForTest } from '../support/database.ts';

const never = new AbortController().signal;

/** A minute of sound, whatever is asked for. */
let minute = '';
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aria-stage-'));
  minute = join(folder, 'minute.wav');
  await writeFile(minute, wav(tones(60, 8000, [440, 600]), 8000));
  return () => rm(folder, { recursive: true, force: true });
});
const storage = { path: async () => minute, put: async () => 'muted-1' };
const muting = {
  draft: async () => join(minute, '..', randomUUID()),
  keepOriginals: false,
  sealingKey: async () => Buffer.alloc(32),
};

async function withCall(peaks: number[][] | null, layout = 'caller-agent'): Promise<Database> {
  const { db } = await databaseForTest();
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'n', 'generic', 'UTC', 'USD', 'US', ${layout})`.execute(db);
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
    values ('call_1', 'con_1', 'c-1', 0, 0)`.execute(db);
  if (peaks === null) return db;
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values ('h1', 10, 'audio/wav', 'pcm', ${peaks.length}, 8000, 60, ${JSON.stringify(peaks)}::jsonb)`.execute(
    db,
  );
  await sql`insert into call_recording (call_id, hash, url) values ('call_1', 'h1', 'https://x')`.execute(db);
  return db;
}

function said(start: number, text: string): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    start: start + index * 0.3,
    end: start + index * 0.3 + 0.2,
    confidence: 0.9,
  }));
  return { start, end: words.at(-1)!.end, text, words };
}

const heard: RawTranscript = {
  channels: [
    {
      channel: 0,
      segments: [said(5, 'four one one one one one one one'), said(20, 'bye')],
      speechSeconds: 4,
    },
    { channel: 1, segments: [said(1, 'what is your card number')], speechSeconds: 2 },
  ],
  language: 'en',
  engine: 'test:ear',
  simulated: false,
  seconds: 1,
  cost: '0.01',
  warnings: [],
};
const hears: Transcribe = async () => heard;
const fails =
  (code: FailureCode, retry: 'park' | 'soon'): Transcribe =>
  async () => {
    throw new Failure(code, retry, 'test');
  };

const named = (name: Engine['name'], transcribe: Transcribe): Engine => ({
  name,
  settings: 's-1',
  transcribe,
});
const stageWith = (db: Database, ...engines: Engine[]) =>
  makeTranscribeStage({ db, storage, ...muting, engines: async () => engines, alerts: engineAlerts(db) });

async function save(db: Database, result: StageResult) {
  if (!('write' in result)) throw new Error('nothing to write');
  await result.write(db);
}

async function readRow(db: Database) {
  const { rows } = await sql<{
    turns: { speaker: string; text: string }[];
    redactions: unknown[];
    engine: string;
    simulated: boolean;
    found: boolean;
  }>`
    select turns, redactions, engine, simulated, stems @@ to_tsquery('aria_stems', 'card & number') as found
    from transcript join transcript_words using (call_id) where call_id = 'call_1'`.execute(db);
  return rows;
}

describe('transcribe stage', () => {
  it('stores redacted turns and finds them by their words', async () => {
    const db = await withCall([[90], [90]]);
    const handle = stageWith(db, named('local', hears));
    const result = await handle('call_1', never);
    expect(result).toMatchObject({ cost: '0.01' });
    await save(db, result);
    await save(db, await handle('call_1', never));
    const [row, ...others] = await readRow(db);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ engine: 'test:ear', simulated: false, found: true });
    expect(row!.turns.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['agent', 'what is your card number'],
      ['caller', '[card_number]'],
      ['caller', 'bye'],
    ]);
    expect(row!.redactions).toMatchObject([{ kind: 'card_number', turn: 1 }]);
    const { rows } = await sql<{ all: string }>`select transcript::text as all from transcript`.execute(db);
    expect(rows[0]!.all).not.toMatch(/four|one one/);
  });

  it('takes the channels as the connection says', async () => {
    const db = await withCall([[90], [90]], 'agent-caller');
    const handle = stageWith(db, named('local', hears));
    await save(db, await handle('call_1', never));
    expect((await readRow(db))[0]!.turns[0]!.speaker).toBe('caller');
  });

  it('parts the turns of one channel by the voices of the models, and tells where they failed', async () => {
    const db = await withCall([[90]], 'mono');
    const segments = [said(1, 'thank you for calling acme plumbing how can i help my sink leaks')];
    const raw = { ...heard, channels: [{ channel: 0, segments, speechSeconds: 4 }] };
    const asked: number[] = [];
    const stageHearing = (answer: VoicesAnswer) =>
      makeTranscribeStage({
        db,
        storage,
        ...muting,
        alerts: engineAlerts(db),
        engines: async () => [named('openai', async () => raw)],
        voices: async ({ seconds }) => {
          asked.push(seconds);
          return answer;
        },
      });
    const spans = [
      { start: 1, end: 3.95, voice: 0 as const },
      { start: 3.95, end: 6, voice: 1 as const },
    ];
    await save(db, await stageHearing({ voices: { spans, separation: 0.9 } })('call_1', never));
    expect((await readRow(db))[0]!.turns.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['agent', 'thank you for calling acme plumbing how can i help'],
      ['caller', 'my sink leaks'],
    ]);
    expect(asked).toEqual([60]);
    await save(db, await stageHearing({ fault: 'a file is damaged' })('call_1', never));
    const { rows } = await sql<{ warnings: string[] }>`select warnings from transcript`.execute(db);
    expect(rows[0]!.warnings).toEqual([expect.stringMatching(/a file is damaged/)]);
  });

  it('asks no engine about silence', async () => {
    const db = await withCall([[0, 1, 2]]);
    const handle = makeTranscribeStage({
      db,
      storage,
      ...muting,
      engines: () => Promise.reject(new Error('asked')),
      alerts: engineAlerts(db),
    });
    await save(db, await handle('call_1', never));
    expect(await readRow(db)).toMatchObject([{ turns: [], engine: 'none' }]);
  });

  it('skips a call without a recording', async () => {
    const db = await withCall(null);
    const handle = stageWith(db, named('local', hears));
    expect(await handle('call_1', never)).toHaveProperty('skip');
  });

  it('parks where there is no engine', async () => {
    const db = await withCall([[90]]);
    const handle = stageWith(db);
    await expect(handle('call_1', never)).rejects.toMatchObject({
      code: 'transcribe.no-engine',
      retry: 'park',
    });
  });

  it('goes on to the next engine, and marks a simulated one', async () => {
    const db = await withCall([[90], [90]]);
    const simulated: Transcribe = async () => ({ ...heard, simulated: true });
    const refuses = fails('transcribe.provider-refused', 'park');
    const handle = stageWith(db, named('deepgram', refuses), named('openai', simulated));
    await save(db, await handle('call_1', never));
    expect((await readRow(db))[0]!.simulated).toBe(true);
  });

  it('reports the failure that passes soonest when all engines fail', async () => {
    const db = await withCall([[90]]);
    const handle = stageWith(
      db,
      named('deepgram', fails('transcribe.provider-refused', 'park')),
      named('local', fails('transcribe.engine-crashed', 'soon')),
    );
    await expect(handle('call_1', never)).rejects.toMatchObject({
      code: 'transcribe.engine-crashed',
      detail: 'deepgram: test · local: test',
    });
  });

  it('keeps how the transcript came about: engine, work, cost, what is less good, who was asked in vain', async () => {
    const db = await withCall([[90], [90]]);
    const poor: Transcribe = async () => ({ ...heard, warnings: ['no word times'] });
    const handle = stageWith(
      db,
      named('deepgram', fails('transcribe.bad-answer', 'soon')),
      named('openai', poor),
    );
    await save(db, await handle('call_1', never));
    const { rows } = await sql`
      select engine_name, audio_seconds, engine_seconds, cost, warnings, tried from transcript`.execute(db);
    expect(rows).toEqual([
      {
        engine_name: 'openai',
        audio_seconds: expect.anything(),
        engine_seconds: expect.anything(),
        cost: expect.anything(),
        warnings: ['no word times'],
        tried: [{ engine: 'deepgram', code: 'transcribe.bad-answer', detail: 'test' }],
      },
    ]);
    const [row] = rows as Record<string, unknown>[];
    expect([row!.audio_seconds, row!.engine_seconds, row!.cost].map(Number)).toEqual([60, 1, 0.01]);
  });

  it('asks the next engine where one hears words in silence', async () => {
    // sound in the first third only
    const peaks = Array.from({ length: 600 }, (_, index) => (index < 250 ? 90 : 0));
    const db = await withCall([peaks, peaks]);
    const invents: Transcribe = async () => ({
      ...heard,
      channels: [{ channel: 0, segments: [said(45, 'thanks for watching see you')], speechSeconds: null }],
    });
    const handle = stageWith(db, named('openai', invents), named('local', hears));
    await save(db, await handle('call_1', never));
    const { rows } = await sql<{ engine_name: string; tried: unknown[] }>`
      select engine_name, tried from transcript`.execute(db);
    expect(rows).toMatchObject([
      { engine_name: 'local', tried: [{ engine: 'openai', code: 'transcribe.bad-answer' }] },
    ]);
  });

  it('takes the order of the connection', async () => {
    const db = await withCall([[90]]);
    await sql`update connection set engines = '{deepgram,local}'`.execute(db);
    const asked: unknown[] = [];
    const handle = makeTranscribeStage({
      db,
      storage,
      ...muting,
      engines: async (order) => {
        asked.push(order);
        return [];
      },
      alerts: engineAlerts(db),
    });
    await expect(handle('call_1', never)).rejects.toMatchObject({
      detail: 'The connection asks for deepgram, local, and none of it is set up',
    });
    expect(asked).toEqual([['deepgram', 'local']]);
  });
});
