import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { muteAudio } from '../../src/lib/audio/mute-audio.ts';
import type { BlobStore } from '../../src/storage/blob-store.ts';
import { openDiskStore } from '../../src/storage/disk.ts';
import { engineAlerts } from '../../src/transcribe/engines/engine-alerts.ts';
import { removeFiles } from '../../src/transcribe/mute/remove-files.ts';
import { makeTranscribeStage } from '../../src/transcribe/transcribe-stage.ts';
import type { RawTranscript, Transcribe } from '../../src/transcribe/transcriber.ts';
import { encode, hasFfmpeg, tones, wav } from '../recording/make-audio.ts';
import { databaseForTest } from '../support/database.ts';

const never = new AbortController().signal;
const rate = 8000;
const seconds = 20;

const segment = (start: number, text: string) => {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    start: start + index * 0.25,
    end: start + index * 0.25 + 0.2,
    confidence: 0.9,
  }));
  return { start, end: words.at(-1)!.end, text, words };
};
const card = 'four one one one one one one one one one one one one one one one';

/** An engine that hears a card number from the fifth second, on the caller's channel. */
function heard(text = card): RawTranscript {
  return {
    channels: [
      { channel: 0, segments: [segment(5, text)], speechSeconds: 4 },
      { channel: 1, segments: [segment(1, 'what is your card number')], speechSeconds: 2 },
    ],
    language: 'en',
    engine: 'test:ear',
    simulated: false,
    seconds: 1,
    cost: null,
    warnings: [],
  };
}

type World = { db: Database; storage: BlobStore; hash: string; folder: string; bytes: Buffer };

async function world(bytes = wav(tones(seconds, rate, [440, 600]), rate)): Promise<World> {
  const { db } = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), 'aria-muted-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const storage = await openDiskStore(join(folder, 'audio'));
  const hash = await storage.put(Readable.from([bytes]));
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'n', 'generic', 'UTC', 'USD', 'US', 'caller-agent')`.execute(db);
  const peaks = JSON.stringify([Array(200).fill(90), Array(200).fill(90)]);
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values (${hash}, ${bytes.length}, 'audio/wav', 'pcm', 2, 8000, ${seconds}, ${peaks}::jsonb)`.execute(db);
  await addCall(db, 'call_1', hash);
  return { db, storage, hash, folder, bytes };
}

async function addCall(db: Database, id: string, hash: string, state = 'running') {
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
    values (${id}, 'con_1', ${id}, 0, 0)`.execute(db);
  await sql`insert into call_recording (call_id, hash, url) values (${id}, ${hash}, 'https://x')`.execute(db);
  await sql`insert into call_stage (call_id, stage, state) values (${id}, 'transcribe', ${state})`.execute(
    db,
  );
}

type Options = { keepOriginals?: boolean; transcribe?: Transcribe };

function stage({ db, storage, folder }: World, options: Options = {}) {
  return makeTranscribeStage({
    db,
    storage,
    draft: async () => join(folder, randomUUID()),
    keepOriginals: options.keepOriginals ?? false,
    sealingKey: async () => Buffer.alloc(32, 7),
    engines: async () => [
      { name: 'local', settings: 's', transcribe: options.transcribe ?? (async () => heard()) },
    ],
    alerts: engineAlerts(db),
  });
}

/** Runs the stage and commits what it found, as the pipeline does. */
async function transcribe(one: World, options: Options = {}, callId = 'call_1') {
  const result = await stage(one, options)(callId, never);
  if (!('write' in result)) throw new Error('nothing to write');
  await one.db.transaction().execute(async (tx) => {
    await result.write(tx);
    await sql`update call_stage set state = 'done' where call_id = ${callId}`.execute(tx);
  });
}

type Row = {
  muted_hash: string | null;
  muted_bytes: string | null;
  sealed_hash: string | null;
  muted_spans: { start: number; end: number }[];
};
const readRow = async ({ db, hash }: World) =>
  (await sql<Row>`select * from recording where hash = ${hash}`.execute(db)).rows[0]!;

async function samplesOf(storage: BlobStore, hash: string) {
  const channels: number[][] = [];
  let sampleRate = 0;
  for await (const chunk of decodeAudio(await storage.path(hash))) {
    sampleRate = chunk.sampleRate;
    for (const [index, samples] of chunk.channels.entries()) {
      channels[index] ??= [];
      for (const sample of samples) channels[index].push(sample);
    }
  }
  return { channels, sampleRate };
}

const loudest = (samples: number[], from: number, to: number) =>
  samples.slice(from, to).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('audio in which something was removed', () => {
  it('is silent there on every channel, and sounds as before elsewhere', async () => {
    const one = await world();
    await transcribe(one);
    const { muted_hash, muted_bytes, muted_spans } = await readRow(one);
    expect(muted_spans).toHaveLength(1);
    const [span] = muted_spans;
    expect(span!.start).toBeLessThanOrEqual(4.75);
    expect(span!.end).toBeGreaterThanOrEqual(5 + 15 * 0.25 + 0.2 + 0.25);
    expect(Number(muted_bytes)).toBe(await one.storage.size(muted_hash!));
    const { channels, sampleRate } = await samplesOf(one.storage, muted_hash!);
    expect(sampleRate).toBe(rate);
    expect(channels.map((samples) => samples.length)).toEqual([seconds * rate, seconds * rate]);
    for (const samples of channels) {
      expect(loudest(samples, Math.ceil(span!.start * rate), Math.floor(span!.end * rate))).toBe(0);
      expect(loudest(samples, 0, Math.floor(span!.start * rate) - 1)).toBeGreaterThan(0.4);
      expect(loudest(samples, Math.ceil(span!.end * rate) + 1, seconds * rate)).toBeGreaterThan(0.4);
    }
  });

  it('is the copy that the engine wrote on the way, with the same bytes', async () => {
    const [one, other] = [await world(), await world()];
    await transcribe(one);
    await transcribe(other, {
      transcribe: async ({ path, copyTo }) => {
        await muteAudio(path, copyTo!, []);
        return { ...heard(), copied: true };
      },
    });
    expect((await readRow(other)).muted_hash).toBe((await readRow(one)).muted_hash);
    for (const { folder } of [one, other]) expect(await readdir(folder)).toEqual(['audio']);
  });

  it('has no original any more once the transcript is stored', async () => {
    const one = await world();
    await transcribe(one);
    await removeFiles(one);
    expect(await one.storage.has(one.hash)).toBe(false);
    const { muted_hash } = await readRow(one);
    expect(await one.storage.has(muted_hash!)).toBe(true);
    expect(await removeFiles(one)).toBe(0);
  });

  it('loses its original after a restart, when the process was killed right after the commit', async () => {
    const one = await world();
    await transcribe(one);
    // killed here: nobody removed anything, and what is played is the copy all the same
    expect(await one.storage.has(one.hash)).toBe(true);
    expect((await readRow(one)).muted_hash).not.toBeNull();
    await removeFiles(one);
    expect(await one.storage.has(one.hash)).toBe(false);
  });

  it('keeps its original when the process is killed before the commit, and the next run makes the same copy', async () => {
    const one = await world();
    await stage(one)('call_1', never);
    // killed here: the copy is stored, and nothing knows of it
    expect((await readRow(one)).muted_hash).toBeNull();
    await removeFiles(one);
    expect(await one.storage.has(one.hash)).toBe(true);
    const files = async () => (await readdir(one.folder, { recursive: true })).length;
    const before = await files();
    await transcribe(one);
    expect(await files()).toBe(before);
  });

  it('waits with the removal while another call is to be transcribed from the same audio', async () => {
    const one = await world();
    await addCall(one.db, 'call_2', one.hash, 'queued');
    await transcribe(one);
    expect(await removeFiles(one)).toBe(0);
    await transcribe(one, {}, 'call_2');
    await removeFiles(one);
    expect(await one.storage.has(one.hash)).toBe(false);
  });

  it('is silent where any call that has it had something removed', async () => {
    const one = await world();
    await addCall(one.db, 'call_2', one.hash, 'queued');
    await transcribe(one);
    const nothing = async () => heard('we talked about the weather');
    await transcribe(one, { transcribe: nothing }, 'call_2');
    expect((await readRow(one)).muted_spans).toHaveLength(1);
  });

  it.each([
    ['the one that heard it first', ['call_1', 'call_2']],
    ['the one that heard nothing first', ['call_2', 'call_1']],
  ])('is silent also where two calls with it are transcribed at the same moment: %s', async (_, order) => {
    const one = await world();
    await addCall(one.db, 'call_2', one.hash);
    const results = new Map([
      ['call_1', await stage(one)('call_1', never)],
      ['call_2', await stage(one, { transcribe: async () => heard('no numbers here') })('call_2', never)],
    ]);
    for (const callId of order) {
      const result = results.get(callId)!;
      if (!('write' in result)) throw new Error('nothing to write');
      await one.db.transaction().execute(async (tx) => {
        await result.write(tx);
        await sql`update call_stage set state = 'done' where call_id = ${callId}`.execute(tx);
      });
    }
    await removeFiles(one);
    const { muted_hash, muted_spans } = await readRow(one);
    expect(muted_spans).toHaveLength(1);
    const { channels } = await samplesOf(one.storage, muted_hash!);
    const [span] = muted_spans;
    expect(loudest(channels[0]!, Math.ceil(span!.start * rate), Math.floor(span!.end * rate))).toBe(0);
    expect(await one.storage.has(one.hash)).toBe(false);
  });

  it('is not heard anew from the copy: that fails, with what to do', async () => {
    const one = await world();
    await transcribe(one);
    await removeFiles(one);
    await expect(stage(one)('call_1', never)).rejects.toMatchObject({
      code: 'transcribe.original-removed',
      retry: 'never',
    });
    // fetched again, it is heard again
    await one.storage.put(Readable.from([one.bytes]));
    await transcribe(one, { transcribe: async () => heard('no numbers at all in here') });
    await removeFiles(one);
    expect((await readRow(one)).muted_hash).toBeNull();
    expect(await one.storage.has(one.hash)).toBe(true);
  });

  it('is left as it is where nothing was removed', async () => {
    const one = await world();
    await transcribe(one, { transcribe: async () => heard('my name is ray and I have a leak') });
    await removeFiles(one);
    expect((await readRow(one)).muted_hash).toBeNull();
    expect(await one.storage.has(one.hash)).toBe(true);
  });

  it.runIf(hasFfmpeg)('may be of any format and rate', async () => {
    const path = await encode(wav(tones(seconds, 44_100, [440, 600]), 44_100), 'call.mp3', ['-b:a', '64k']);
    const one = await world(await readFile(path));
    await transcribe(one);
    const { muted_hash, muted_spans } = await readRow(one);
    const { channels, sampleRate } = await samplesOf(one.storage, muted_hash!);
    expect(sampleRate).toBe(14_700);
    expect(channels[0]!.length / sampleRate).toBeCloseTo(seconds, 0);
    const [span] = muted_spans;
    const inside = [
      Math.ceil((span!.start + 0.01) * sampleRate),
      Math.floor((span!.end - 0.01) * sampleRate),
    ];
    expect(loudest(channels[0]!, inside[0]!, inside[1]!)).toBe(0);
    expect(loudest(channels[0]!, inside[1]! + 1000, channels[0]!.length)).toBeGreaterThan(0.3);
  });
});

describe('an original that the operator keeps', () => {
  it('is kept encrypted only, and heard again from that', async () => {
    const one = await world();
    await transcribe(one, { keepOriginals: true });
    await removeFiles(one);
    expect(await one.storage.has(one.hash)).toBe(false);
    const { sealed_hash } = await readRow(one);
    const sealed = await readFile(await one.storage.path(sealed_hash!));
    expect(sealed.includes(one.bytes.subarray(100, 200))).toBe(false);
    const seen: Buffer[] = [];
    const listens: Transcribe = async ({ path }) => {
      seen.push(await readFile(path));
      return heard();
    };
    await transcribe(one, { transcribe: listens });
    expect(seen[0]!.equals(one.bytes)).toBe(true);
    expect((await readRow(one)).sealed_hash).toBe(sealed_hash);
    // the unpacked file is gone again
    expect((await readdir(one.folder)).sort()).toEqual(['audio']);
  });

  it('is not opened when somebody changed it', async () => {
    const one = await world();
    await transcribe(one, { keepOriginals: true });
    await removeFiles(one);
    const forged = await one.storage.put(Readable.from([randomBytes(5000)]));
    await sql`update recording set sealed_hash = ${forged}`.execute(one.db);
    await expect(stage(one)('call_1', never)).rejects.toMatchObject({ code: 'recording.missing-file' });
    expect((await readdir(one.folder)).sort()).toEqual(['audio']);
  });
});
