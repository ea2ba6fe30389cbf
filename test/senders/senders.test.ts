import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallSummaryBody } from '../../src/contract/calls.ts';
import { callFields } from '../../src/domain/call-fields.ts';
import { platforms } from '../../src/domain/connection.ts';
import { startWorld, type World } from '../support/world.ts';
import { readSamples, sendSample } from './sample.ts';

const samples = readSamples();

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

test.each(samples)('$platform: $title', async (sample) => {
  const connection = await world.connect({ platform: sample.platform, time_zone: sample.time_zone });
  for (const event of sample.events) {
    const response = await sendSample(world.url, connection, event);
    expect(response.status, `${event.trigger}: ${await response.text()}`).toBe(202);
  }
  const { items } = await world.api<{ items: CallSummaryBody[] }>(
    `/v1/calls?connection_id=${connection.connection_id}&limit=100`,
  );
  const call = items.find((item) => item.event_count === sample.events.length);
  expect(call, 'all its events are one call').toBeDefined();
  const expected = Object.fromEntries(callFields.map((field) => [field, sample.call[field] ?? null]));
  expect(Object.fromEntries(callFields.map((field) => [field, call![field]]))).toEqual(expected);
  expect(call!.warnings.map((warning) => `${warning.field} ${warning.code}`).sort()).toEqual(sample.warnings);
  expect(call!.extra).toMatchObject(sample.extra);
});

test('every platform has samples, and each is sent as JSON, as a form and by GET where the platform can', () => {
  const ways = (platform: string) =>
    new Set(
      samples
        .filter((sample) => sample.platform === platform)
        .flatMap((sample) => sample.events)
        .map((event) => (event.method === 'POST' ? event.content_type.split('/')[1] : event.method)),
    );
  for (const platform of platforms) expect(ways(platform).size, platform).toBeGreaterThan(0);
  for (const platform of ['ringba', 'trackdrive', 'retreaver', 'invoca'])
    expect([...ways(platform)], platform).toEqual(
      expect.arrayContaining(['json', 'x-www-form-urlencoded', 'GET']),
    );
});
