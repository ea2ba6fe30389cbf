import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { Failure } from '../../src/domain/failure.ts';
import { askEngines } from '../../src/transcribe/engines/ask-engines.ts';
import type { Engine } from '../../src/transcribe/engines/engine.ts';
import { engineAlerts } from '../../src/transcribe/engines/engine-alerts.ts';
import { wakeParked } from '../../src/transcribe/engines/wake-parked.ts';
import type { RawTranscript } from '../../src/transcribe/transcriber.ts';
import { databaseForTest } from '../support/database.ts';

const never = new AbortController().signal;
const audio = { path: '/x', seconds: 10, channels: 1, layout: 'mono' as const };
const check = (raw: RawTranscript) => raw;
const heard: RawTranscript = {
  channels: [{ channel: 0, segments: [], speechSeconds: 0 }],
  language: 'en',
  engine: 'x:y',
  simulated: false,
  seconds: 1,
  cost: null,
  warnings: [],
};

/** An engine that refuses until `mended`, and counts how often it was asked. */
function engine(name: Engine['name'], settings = 's-1') {
  const state = { asked: 0, mended: false };
  const transcribe: Engine['transcribe'] = async () => {
    state.asked++;
    if (!state.mended) throw new Failure('transcribe.provider-refused', 'park', `${name} answered 402`);
    return heard;
  };
  return { name, settings, transcribe, state };
}
const restIsOver = (db: Database) => sql`update engine_alert set try_at = now()`.execute(db);

describe('an engine that refuses for a reason of its own', () => {
  it('raises one alert, rests, and the next one hears', async () => {
    const { db } = await databaseForTest();
    const deps = { alerts: engineAlerts(db), check };
    const [paid, own] = [engine('deepgram'), engine('local')];
    own.state.mended = true;
    for (let call = 0; call < 5; call++) {
      const { engine: name, tried } = await askEngines([paid, own], audio, deps, never);
      expect(name).toBe('local');
      expect(tried).toMatchObject([{ engine: 'deepgram', code: 'transcribe.provider-refused' }]);
    }
    expect(paid.state.asked).toBe(1);
    const { rows } = await sql`select engine, code, detail from engine_alert`.execute(db);
    expect(rows).toEqual([
      { engine: 'deepgram', code: 'transcribe.provider-refused', detail: 'deepgram answered 402' },
    ]);
  });

  it('is tried by one call when the rest is over, and again by all once it works', async () => {
    const { db } = await databaseForTest();
    const deps = { alerts: engineAlerts(db), check };
    const paid = engine('deepgram');
    const ask = () => askEngines([paid], audio, deps, never).catch((error: unknown) => error);
    expect(await ask()).toMatchObject({ retry: 'park' });
    await restIsOver(db);
    const failures = await Promise.all([ask(), ask(), ask()]);
    for (const failure of failures) expect(failure).toMatchObject({ retry: 'park' });
    expect(paid.state.asked).toBe(2);
    paid.state.mended = true;
    await restIsOver(db);
    expect(await ask()).toMatchObject({ engine: 'deepgram', tried: [] });
    expect((await sql`select from engine_alert`.execute(db)).rows).toEqual([]);
  });

  it('is asked at once when its settings changed', async () => {
    const { db } = await databaseForTest();
    const deps = { alerts: engineAlerts(db), check };
    await askEngines([engine('deepgram')], audio, deps, never).catch(() => undefined);
    const mended = engine('deepgram', 's-2');
    mended.state.mended = true;
    expect(await askEngines([mended], audio, deps, never)).toMatchObject({ engine: 'deepgram' });
    expect((await sql`select from engine_alert`.execute(db)).rows).toEqual([]);
  });

  it('says what every engine said when none hears', async () => {
    const { db } = await databaseForTest();
    const deps = { alerts: engineAlerts(db), check };
    const work = askEngines([engine('deepgram'), engine('openai')], audio, deps, never);
    await expect(work).rejects.toMatchObject({
      retry: 'park',
      detail: 'deepgram: deepgram answered 402 · openai: openai answered 402',
    });
  });
});

describe('calls that wait for an engine', () => {
  async function withParked(calls: { id: string; engines: string | null; code: string }[]) {
    const { db } = await databaseForTest();
    for (const { id, engines, code } of calls) {
      await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout, engines)
        values (${`con_${id}`}, ${id}, 'generic', 'UTC', 'USD', 'US', 'mono', ${engines}::text[])`.execute(
        db,
      );
      await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
        values (${id}, ${`con_${id}`}, ${id}, 0, 0)`.execute(db);
      await sql`insert into call_stage (call_id, stage, state, error_code)
        values (${id}, 'transcribe', 'parked', ${code})`.execute(db);
    }
    const waiting = async () => {
      const { rows } = await sql<{ call_id: string }>`
        select call_id from call_stage where state = 'waiting' order by call_id`.execute(db);
      return rows.map((row) => row.call_id);
    };
    return { db, waiting };
  }
  const local = { name: 'local', settings: 's-1' } as const;

  it('go on when an engine of their order is there, and only those', async () => {
    const { db, waiting } = await withParked([
      { id: 'a', engines: null, code: 'transcribe.no-engine' },
      { id: 'b', engines: '{deepgram}', code: 'transcribe.no-engine' },
      { id: 'c', engines: '{deepgram,local}', code: 'transcribe.provider-refused' },
      { id: 'd', engines: null, code: 'something.else' },
    ]);
    await wakeParked(db, [], ['local']);
    expect(await waiting()).toEqual([]);
    await wakeParked(db, [local], ['local']);
    expect(await waiting()).toEqual(['a', 'c']);
  });

  it('wait on while it rests, then one finds out', async () => {
    const calls = ['a', 'b', 'c'].map((id) => ({ id, engines: null, code: 'transcribe.provider-refused' }));
    const { db, waiting } = await withParked(calls);
    const failure = new Failure('transcribe.provider-refused', 'park', 'no credit');
    await engineAlerts(db).raise({ ...local, transcribe: async () => heard }, failure);
    await wakeParked(db, [local], ['local']);
    expect(await waiting()).toEqual([]);
    await restIsOver(db);
    await wakeParked(db, [local], ['local']);
    expect(await waiting()).toHaveLength(1);
    expect(await engineAlerts(db).clear('local')).toBe(true);
    await wakeParked(db, [local], ['local']);
    expect(await waiting()).toHaveLength(3);
  });
});
