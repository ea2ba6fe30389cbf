import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StageHandler } from '../../src/db/stage.ts';
import type { FailureCode } from '../../src/domain/failure.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Stage } from '../../src/domain/stage.ts';
import type { Rounds } from '../../src/lib/rounds.ts';
import { startQueue } from '../../src/pipeline/queue.ts';
import { startRelay } from '../../src/pipeline/relay.ts';
import { rerunCall, rerunMatching } from '../../src/pipeline/rerun.ts';
import { startStage } from '../../src/pipeline/run-stage.ts';
import { startWorkers } from '../../src/pipeline/workers.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let stop: (() => Promise<void>)[] = [];
let bugs: unknown[] = [];
let resolved: FailureCode[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  stop = [];
  bugs = [];
  resolved = [];
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
    values ('call_1', 'con', '1', 0, 0), ('call_2', 'con', '2', 0, 0)`.execute(database.db);
});
afterEach(async () => {
  for (const end of stop.reverse()) await end();
  await database.drop();
});

const done: StageHandler = async () => ({ write: async () => undefined });

async function startPipeline(
  handlers: Partial<Record<Stage, StageHandler>>,
  schedule = [0, 0],
): Promise<Rounds> {
  const { db, url } = database;
  const boss = await startQueue(url, () => undefined);
  stop.push(() => boss.stop({ graceful: false }));
  const relay = startRelay({
    db,
    boss,
    wake: async () => {
      await sql`update call_stage set state = 'waiting', run = run + 1, attempts = 0, due_at = now()
        where state = 'parked' and error_code = any(${resolved})`.execute(db);
    },
    onError: (error) => bugs.push(error),
  });
  const setup = (stage: Stage) => ({ handler: handlers[stage] ?? done, concurrency: 2, schedule });
  const workers = await startWorkers({
    db,
    boss,
    onFinished: relay.kick,
    logBug: (error) => `bug ${bugs.push(error)}`,
    setup: { recording: setup('recording'), transcribe: setup('transcribe'), score: setup('score') },
  });
  stop.push(workers.stop, relay.stop);
  return relay;
}

async function begin(relay: Rounds, callId = 'call_1') {
  await database.db.transaction().execute((tx) => startStage(tx, callId, 'recording'));
  relay.kick();
}

async function states(callId = 'call_1') {
  const { rows } = await sql<{ stage: string; state: string; attempts: number; error_code: string | null }>`
    select stage, state, attempts, error_code from call_stage where call_id = ${callId}`.execute(database.db);
  return Object.fromEntries(rows.map((row) => [row.stage, row]));
}

const settled = (stage: Stage, state: string, callId = 'call_1') =>
  expect.poll(async () => (await states(callId))[stage]?.state, { timeout: 15_000 }).toBe(state);

test('a call goes through all stages, each writing in the transaction that starts the next', async () => {
  const order: string[] = [];
  const note =
    (stage: string): StageHandler =>
    async (callId) => ({
      write: async (tx) => {
        order.push(`${stage} ${callId}`);
        await sql`update call set extra = extra || ${JSON.stringify({ [stage]: true })}::jsonb where id = ${callId}`.execute(
          tx,
        );
      },
    });
  const relay = await startPipeline({
    recording: note('recording'),
    transcribe: note('transcribe'),
    score: note('score'),
  });
  await begin(relay);
  await settled('score', 'done');
  expect(order).toEqual(['recording call_1', 'transcribe call_1', 'score call_1']);
  const { rows } = await sql<{ extra: object }>`select extra from call where id = 'call_1'`.execute(
    database.db,
  );
  expect(rows[0]!.extra).toEqual({ recording: true, transcribe: true, score: true });
});

test('a result that cannot be written leaves nothing behind and is tried again', async () => {
  let tries = 0;
  const relay = await startPipeline({
    recording: async (callId) => ({
      write: async (tx) => {
        await sql`update call set extra = '{"half": true}' where id = ${callId}`.execute(tx);
        if (++tries === 1) throw new Error('the connection broke');
      },
    }),
  });
  await begin(relay);
  await settled('score', 'done');
  expect(tries).toBe(2);
  expect((await states()).recording).toMatchObject({ attempts: 2, error_code: null });
  expect(bugs).toHaveLength(1);
});

test('a call whose turn has not come waits without using up an attempt', async () => {
  let asked = 0;
  const relay = await startPipeline({
    recording: async () => {
      asked += 1;
      if (asked < 3) return { later: new Date(Date.now() + 50), reason: 'the host is busy' };
      return { write: async () => undefined };
    },
  });
  await begin(relay);
  await settled('score', 'done');
  expect(asked).toBe(3);
  expect((await states()).recording).toMatchObject({ attempts: 1, error_code: null });
});

test('a result that changes nothing does not start again what follows', async () => {
  let settles = false;
  let transcribed = 0;
  const relay = await startPipeline({
    recording: async () => ({ write: async () => undefined, settled: settles }),
    transcribe: async () => {
      transcribed += 1;
      return { write: async () => undefined };
    },
  });
  await begin(relay);
  await settled('score', 'done');
  settles = true;
  await begin(relay);
  await settled('recording', 'done');
  await begin(relay, 'call_2');
  await settled('recording', 'done', 'call_2');
  expect(transcribed).toBe(1);
});

test('expected failures: retried by schedule, then failed; parked; skipped', async () => {
  const relay = await startPipeline({
    recording: async (callId) => {
      if (callId === 'call_2') return { skip: 'nothing to fetch' };
      throw new Failure('recording.unavailable', 'soon', 'the server answered 503');
    },
  });
  await begin(relay);
  await begin(relay, 'call_2');
  await settled('recording', 'failed');
  await settled('recording', 'skipped', 'call_2');
  expect(await states()).toMatchObject({ recording: { attempts: 3, error_code: 'recording.unavailable' } });
  expect(Object.keys(await states('call_2'))).toEqual(['recording']);
  expect(bugs).toEqual([]);
});

test('parked calls go on when the cause is gone', async () => {
  let engine = false;
  const relay = await startPipeline({
    transcribe: async () => {
      if (!engine) throw new Failure('transcribe.no-engine', 'park', 'none');
      return { write: async () => undefined };
    },
  });
  await begin(relay);
  await settled('transcribe', 'parked');
  engine = true;
  resolved = ['transcribe.no-engine'];
  relay.kick();
  await settled('score', 'done');
});

test('a rerun outdates what is under way: only the newer result is written', async () => {
  const release: (() => void)[] = [];
  const written: number[] = [];
  const discarded: number[] = [];
  const relay = await startPipeline({
    recording: async () => {
      const run = release.length;
      await new Promise<void>((resolve) => release.push(resolve));
      return { write: async () => void written.push(run), discard: async () => void discarded.push(run) };
    },
  });
  await begin(relay);
  await expect.poll(() => release.length, { timeout: 10_000 }).toBe(1);
  expect(await rerunCall(database.db, 'call_1', 'recording')).toBe(true);
  relay.kick();
  await expect.poll(() => release.length, { timeout: 10_000 }).toBe(2);
  for (const go of release) go();
  await settled('score', 'done');
  expect([written, discarded]).toEqual([[1], [0]]);
});

test('rerun of all that match', async () => {
  let broken = true;
  const relay = await startPipeline({
    recording: async () => {
      if (broken) throw new Failure('recording.not-audio', 'never', 'a login page');
      return { write: async () => undefined };
    },
  });
  await begin(relay);
  await begin(relay, 'call_2');
  await settled('recording', 'failed');
  await settled('recording', 'failed', 'call_2');
  broken = false;
  expect(await rerunMatching(database.db, 'recording', { code: 'recording.empty-audio' })).toBe(0);
  expect(
    await rerunMatching(database.db, 'recording', { code: 'recording.not-audio', state: 'failed' }),
  ).toBe(2);
  relay.kick();
  await settled('score', 'done');
  await settled('score', 'done', 'call_2');
});
