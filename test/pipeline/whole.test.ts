import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalServer } from '../../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../../demo/recording-server.ts';
import { readSamples, type Sample } from '../../demo/sample.ts';
import { startSimulatedProvider } from '../../demo/simulated-provider.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { BreakdownBody } from '../../src/contract/reports.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';

let samples: Sample[];
let recordings: LocalServer;
beforeAll(async () => {
  samples = await readSamples();
  recordings = await startRecordingServer(samples);
});
afterAll(() => recordings.close());

const calledOn = '07/07/2025 01:59:05 PM';

async function postCall(world: World, connection: ConnectionSecretBody, sample: string, more: object = {}) {
  const answer = await world.send(connection, {
    call_instance_id: sample,
    call_date: calledOn,
    publisher_name: 'Northgate Calls',
    buyer_name: 'Acme',
    duration: '100',
    connected_call_length: '95',
    converted: 'True',
    revenue: '40.00',
    recording: recordingUrl(recordings, sample),
    ...more,
  });
  return (await json(answer)).call_id;
}

describe('with a transcription server', () => {
  let world: World;
  let provider: LocalServer;
  let connection: ConnectionSecretBody;
  beforeAll(async () => {
    provider = await startSimulatedProvider(samples);
    world = await startWorld({
      env: {
        ARIA_TRANSCRIBE_URL: `${provider.url}/v1`,
        ARIA_TRANSCRIBE_SIMULATED: 'true',
        ARIA_ALLOW_HOSTS: `${recordings.host}:${recordings.port}`,
      },
    });
    connection = await world.connect();
  });
  afterAll(async () => {
    await world.stop();
    await provider.close();
  });

  test('from the posted event to the disagreement in money', async () => {
    const callId = await postCall(world, connection, 'existing-customer', { vertical: 'home_services' });
    const call = await world.waitForStage(callId, 'score');
    expect(call.stages.map(({ stage, state }) => [stage, state])).toEqual([
      ['recording', 'done'],
      ['transcribe', 'done'],
      ['score', 'done'],
    ]);
    expect(call.transcript?.simulated).toBe(true);
    expect(call.transcript!.turns.length).toBeGreaterThan(3);
    expect(call.outcome).toMatchObject({
      reached: 'conversation',
      prospect: 'not_a_prospect',
      billable: 'no',
    });
    expect(call.disagreements).toEqual(['billed_not_qualified']);
    for (const answer of call.answers.filter(({ value }) => value === 'yes' || value === 'no')) {
      expect(answer.evidence.length).toBeGreaterThan(0);
      for (const { turn, quote } of answer.evidence) {
        expect(call.transcript!.turns[turn]!.text.toLowerCase()).toContain(quote.toLowerCase());
      }
    }
    const report = await world.api<BreakdownBody>(
      '/v1/reports/breakdown?by=publisher&from=2025-07-01&to=2025-07-31',
    );
    expect(report.rows).toMatchObject([
      {
        key: 'Northgate Calls',
        values: { calls: 1, connected: 1, billed_not_qualified: 1, billed_not_qualified_money: '40.00' },
      },
    ]);
  });

  test('the audio comes back, whole and in ranges', async () => {
    const callId = await postCall(world, connection, 'wrong-number-on-hold', { vertical: 'home_services' });
    const call = await world.waitForStage(callId, 'recording');
    expect(call.audio).toMatchObject({ url: `/v1/calls/${callId}/audio` });
    const fetchAudio = (headers: Record<string, string>) => fetch(world.url + call.audio!.url, { headers });
    expect((await fetchAudio({})).status).toBe(401);
    const authorization = `Bearer ${world.key}`;
    const whole = Buffer.from(await (await fetchAudio({ authorization })).arrayBuffer());
    expect(whole.length).toBe(call.audio!.bytes);
    const part = await fetchAudio({ authorization, range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    expect((await fetchAudio({ authorization, range: `bytes=${whole.length}-` })).status).toBe(416);
  });

  test('a card number spoken on the call is in no row of the database', async () => {
    const callId = await postCall(world, connection, 'drain-paid-by-card', { vertical: 'home_services' });
    const call = await world.waitForStage(callId, 'score');
    expect(call.transcript!.turns.some((turn) => turn.text.includes('[card_number]'))).toBe(true);
    const { rows } = await sql<{ turns: string; search: string }>`
      select turns::text as turns, words::text || stems::text as search
      from transcript join transcript_words using (call_id) where call_id = ${callId}`.execute(world.db);
    const card = /4242|forty two|four two four two/i;
    expect(rows[0]!.turns).not.toMatch(card);
    expect(rows[0]!.search).not.toMatch(/4242/);
  });

  test('a late disposition changes the report, not the transcript', async () => {
    const callId = await postCall(world, connection, 'policy-sold-late', { vertical: 'auto_insurance' });
    const before = await world.waitForStage(callId, 'score');
    expect(before.disagreements).toContain('sale_heard_not_reported');
    await world.send(connection, { call_instance_id: 'policy-sold-late', sale_amount: 480, sale_count: 1 });
    await expect
      .poll(async () => (await world.findCall(connection, 'policy-sold-late'))!.disagreements)
      .toEqual([]);
    const after = await world.waitForStage(callId, 'score', ['done']);
    expect(after.outcome).toMatchObject({ result: before.outcome!.result });
  });

  test('running a stage again gives the same rows', async () => {
    const callId = await postCall(world, connection, 'tenant-not-owner', { vertical: 'home_services' });
    const first = await world.waitForStage(callId, 'score');
    await world.api(`/v1/calls/${callId}/rerun`, { body: { stage: 'recording' } });
    await world.waitForStage(callId, 'recording', ['waiting', 'queued', 'running']).catch(() => undefined);
    await expect
      .poll(async () => (await world.waitForStage(callId, 'score')).outcome?.scored_at, { timeout: 20_000 })
      .not.toBe(first.outcome!.scored_at);
    const again = await world.waitForStage(callId, 'score');
    expect({ ...again.outcome, scored_at: '' }).toEqual({ ...first.outcome, scored_at: '' });
    // what it took differs from time to time; what was heard does not
    const { hearing: _again, ...heardAgain } = again.transcript!;
    const { hearing: _first, ...heardFirst } = first.transcript!;
    expect(heardAgain).toEqual(heardFirst);
    const { rows } = await sql<{ evaluations: number }>`
      select count(*)::int as evaluations from evaluation where call_id = ${callId}`.execute(world.db);
    expect(rows[0]!.evaluations).toBe(1);
  });
});

test('without any engine the call waits with advice', async () => {
  const world = await startWorld({ env: { ARIA_ALLOW_HOSTS: `${recordings.host}:${recordings.port}` } });
  try {
    const connection = await world.connect();
    const callId = await postCall(world, connection, 'quote-only', { vertical: 'home_services' });
    const call = await world.waitForStage(callId, 'transcribe');
    expect(call.stages.find(({ stage }) => stage === 'transcribe')).toMatchObject({
      state: 'parked',
      error: { code: 'transcribe.no-engine', advice: expect.stringContaining('aria models') },
    });
  } finally {
    await world.stop();
  }
});

const models = process.env.ARIA_MODELS_DIR;
describe.skipIf(!models)('with the local model (ARIA_MODELS_DIR)', () => {
  test('real speech becomes turns with times, by channel', async () => {
    const world = await startWorld({
      env: { ARIA_MODELS_DIR: models!, ARIA_ALLOW_HOSTS: `${recordings.host}:${recordings.port}` },
    });
    try {
      const connection = await world.connect();
      const callId = await postCall(world, connection, 'plumber-booked', { vertical: 'home_services' });
      const call = await world.waitForStage(callId, 'score');
      expect(call.transcript).toMatchObject({
        simulated: false,
        engine: expect.stringContaining('zipformer'),
      });
      const speakers = new Set(call.transcript!.turns.map((turn) => turn.speaker));
      expect(speakers).toContain('caller');
      expect(speakers).toContain('agent');
      const starts = call.transcript!.turns.map((turn) => turn.start);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(call.transcript!.turns.at(-1)!.end).toBeLessThanOrEqual(call.audio!.seconds + 0.5);
      expect(call.outcome?.reached).toBe('conversation');
    } finally {
      await world.stop();
    }
  }, 60_000);
});
