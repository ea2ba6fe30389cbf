import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allItems, openApi } from '../../demo/api.ts';
import type { DemoPlatform } from '../../demo/calls.ts';
import { missingEvents } from '../../demo/check-events.ts';
import { type DemoWorld, openWorld } from '../../demo/demo-world.ts';
import type { Account } from '../../demo/platforms/account.ts';
import { ringbaCallId, uuidOf } from '../../demo/platforms/call-ids.ts';
import { makeTraffic, type Traffic } from '../../demo/platforms/requests.ts';
import { type Sent, sendRequests, unexpectedAnswers } from '../../demo/send-requests.ts';
import { watchCalls } from '../../demo/watch-calls.ts';
import { listCalls } from '../../src/contract/calls.ts';
import { listEvents } from '../../src/contract/events.ts';
import { startWorld, type World } from '../support/world.ts';

const zones: Record<DemoPlatform, string> = {
  ringba: 'America/New_York',
  trackdrive: 'America/Chicago',
  retreaver: 'America/Los_Angeles',
};

async function connect(aria: World, platform: DemoPlatform): Promise<Account> {
  const timeZone = zones[platform];
  const made = await aria.connect({ name: platform, platform, time_zone: timeZone });
  return { connectionId: made.connection_id, apiKey: made.api_key, url: `${aria.url}/v1/events`, timeZone };
}

async function connectAll(aria: World): Promise<Record<DemoPlatform, Account>> {
  const [ringba, trackdrive, retreaver] = [
    await connect(aria, 'ringba'),
    await connect(aria, 'trackdrive'),
    await connect(aria, 'retreaver'),
  ];
  return { ringba, trackdrive, retreaver };
}

describe('the simulated platforms, against a real Aria', () => {
  let aria: World;
  let traffic: Traffic;
  let sent: Sent[];
  beforeAll(async () => {
    aria = await startWorld({ roles: ['serve'] });
    traffic = await makeTraffic(
      await connectAll(aria),
      new Date(),
      ({ sample }) => `https://r.example/${sample}`,
    );
    sent = await sendRequests(traffic.requests);
  });
  afterAll(() => aria.stop());

  const call = async (callInstanceId: string) => {
    const { items } = await openApi(aria.url, aria.key)(listCalls, { call_instance_id: callInstanceId });
    return items[0];
  };

  test('are answered as they should be, and no event is missing', async () => {
    expect(unexpectedAnswers(sent)).toEqual([]);
    expect(await missingEvents(openApi(aria.url, aria.key), sent)).toEqual([]);
  });

  test('make one call of all events of a call, on the second of its zone', async () => {
    const calls = await allItems((query) => openApi(aria.url, aria.key)(listCalls, query));
    expect(calls.length).toBe(28);
    const dates = await Promise.all(
      ['t-tenant', 'v-heating'].map(async (slug) => (await call(uuidOf(slug)))?.call_date),
    );
    const minutesAgo = dates.map((date) => Math.round((Date.now() - Date.parse(date ?? '')) / 60_000));
    expect(minutesAgo[0]).toBeGreaterThanOrEqual(70);
    expect(minutesAgo[0]).toBeLessThan(75);
    expect(minutesAgo[1]).toBeGreaterThanOrEqual(360);
    expect(minutesAgo[1]).toBeLessThan(365);
  });

  test('lose nothing to their blanks', async () => {
    expect(await call(ringbaCallId('r-drain'))).toMatchObject({
      buyer_name: 'Cedarline Home Services',
      converted: true,
      revenue: '45.00',
      affiliate_payout: '32.00',
      sale_amount: '240.00',
      sale_count: 1,
      recording: 'https://r.example/drain-paid-by-card',
      publisher_name: 'Bluewater Leads',
    });
    expect(await call(uuidOf('t-sold-late'))).toMatchObject({
      converted: true,
      revenue: '38.00',
      sale_amount: '1560.00',
    });
  });

  test('get a broken template and a token that stayed one to see', async () => {
    const { items } = await openApi(aria.url, aria.key)(listEvents, { status: 'quarantined' });
    expect(items.map(({ body }) => body.includes('Dayton "North"'))).toEqual([true]);
    const withToken = await call(ringbaCallId('r-no-zip'));
    expect(withToken?.zip_code).toBeNull();
    expect(withToken?.warnings.map(({ code }) => code)).toContain('unresolved_token');
  });
});

describe('the simulated provider, behind a real Aria', () => {
  let aria: World;
  let outside: DemoWorld;
  beforeAll(async () => {
    outside = await openWorld();
    aria = await startWorld({
      env: {
        ARIA_ALLOW_HOSTS: [outside.recordings, outside.provider]
          .map(({ host, port }) => `${host}:${port}`)
          .join(','),
        ARIA_TRANSCRIBE_URL: `${outside.provider.url}/v1`,
        ARIA_TRANSCRIBE_SIMULATED: 'true',
      },
    });
  });
  afterAll(async () => {
    await aria.stop();
    await outside.close();
  });

  test('takes calls to an outcome, marked as simulated, with the card number gone', async () => {
    const accounts = await connectAll(aria);
    const { requests } = await makeTraffic(accounts, new Date(), ({ sample }) =>
      outside.recordingUrl({ sample, way: 'at-once' }),
    );
    const ids = [ringbaCallId('r-drain'), uuidOf('t-hold'), uuidOf('v-heating')];
    await sendRequests(requests.filter(({ callInstanceId }) => ids.includes(callInstanceId)));
    const api = openApi(aria.url, aria.key);
    expect(await watchCalls(api, new Map(ids.map((id) => [id, 'outcome'])), 25, () => undefined)).toEqual([]);

    const { items } = await api(listCalls);
    expect(items.every((call) => call.simulated_transcript)).toBe(true);
    const drain = items.find((call) => call.call_instance_id === ids[0]);
    const { transcript } = await aria.api<{ transcript: { turns: { text: string }[] } }>(
      `/v1/calls/${drain?.id}`,
    );
    const text = transcript.turns.map((turn) => turn.text).join('\n');
    expect(text).toContain('two hundred and forty dollars');
    expect(text).toContain('[card_number]');
    expect(text).not.toContain('one one one');
  });
});
