import { expect, test } from 'vitest';
import { callFieldKinds } from '../domain/call-fields.ts';
import { platforms } from '../domain/connection.ts';
import { foldKey } from '../lib/fold-key.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';
import { testEvent } from './test-event.ts';

const settings = { timeZone: 'America/New_York', defaultCountry: 'US' };
const now = new Date('2025-07-07T18:10:00Z');

function read(platform: (typeof platforms)[number], data: Record<string, unknown>) {
  return normalizeEvent(data, compileMapping(loadPreset(platform)), settings, now);
}

test.each(platforms)(
  '%s: the preset is sound, and no name of the platform leads to two fields',
  (platform) => {
    const preset = loadPreset(platform);
    expect(preset.platform).toBe(platform);
    const seen = new Map<string, string>();
    for (const [name, field] of Object.entries(preset.aliases)) {
      expect(seen.get(foldKey(name)) ?? field).toBe(field);
      seen.set(foldKey(name), field);
      // listed to rank it behind better names of the platform, else not at all
      if (Object.hasOwn(callFieldKinds, name)) expect(field).toBe(name);
    }
  },
);

test.each(platforms)('%s: the contract’s own names always work', (platform) => {
  const data = testEvent({ apiKey: 'k', connectionId: 'c', timeZone: settings.timeZone, now });
  const generic = read('generic', data);
  expect(Object.keys(generic.fields)).toHaveLength(33);
  expect(read(platform, data)).toEqual(generic);
});

test('Ringba: report columns', () => {
  expect(
    read('ringba', {
      inboundCallId: 'RGB0A1B',
      callDt: 1751896745543,
      callLengthInSeconds: 78,
      connectedCallLengthInSeconds: 65,
      hasConverted: true,
      conversionAmount: 40,
      payoutAmount: 28,
      isDuplicate: false,
      endCallSource: 'Target',
      targetNumber: '+18005550199',
      recordingUrl: 'https://media.ringba.com/recording-public?v=v1&k=a%2bb',
      inboundPhoneNumber: '+12125550123',
    }),
  ).toMatchObject({
    callInstanceId: 'RGB0A1B',
    kind: 'completed',
    warnings: [],
    extra: {},
    fields: {
      call_date: '2025-07-07T13:59:05.543Z',
      duration: '78',
      connected_call_length: '65',
      converted: true,
      revenue: '40',
      affiliate_payout: '28',
      is_duplicate: false,
      end_call_source: 'Callee',
      target_did: '+18005550199',
      recording: 'https://media.ringba.com/recording-public?v=v1&k=a%2bb',
      caller_id: '+12125550123',
    },
  });
});

test('TrackDrive: conversions in words, dates with an offset', () => {
  expect(
    read('trackdrive', {
      uuid: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      created_at: '2025-07-07T12:59:05.000-05:00',
      buyer_converted: 'Converted',
      answered_duration: 65,
      total_duration: 78,
      buyer: 'Acme',
    }),
  ).toMatchObject({
    callInstanceId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    warnings: [],
    fields: { call_date: '2025-07-07T17:59:05.000Z', converted: true, duration: '78', buyer_name: 'Acme' },
  });
  expect(read('trackdrive', { buyer_converted: 'Not Converted' }).fields.converted).toBe(false);
});

test('Retreaver: nulls, text money, Canadian provinces', () => {
  expect(
    read('retreaver', {
      call_uuid: 'u-1',
      caller: '+14165550123',
      caller_state: 'ON',
      charge_total: '0.08',
      target_repeat: null,
      revenue: 5.0,
      dialed_call_duration: 60,
    }),
  ).toMatchObject({
    callInstanceId: 'u-1',
    warnings: [],
    fields: { caller_id: '+14165550123', inbound_number_state: 'ON', cost: '0.08', revenue: '5' },
  });
});

test('CallRail and CTM: first_call is the opposite of is_duplicate', () => {
  expect(read('callrail', { resource_id: 'CAL1', first_call: true }).fields.is_duplicate).toBe(false);
  expect(read('callrail', { resource_id: 'CAL1', first_call: false }).fields.is_duplicate).toBe(true);
  expect(read('ctm', { id: 42, first_call: 'False', called_at: '2025-07-07 01:24 PM' })).toMatchObject({
    callInstanceId: '42',
    fields: { is_duplicate: true, call_date: '2025-07-07T17:24:00.000Z' },
  });
});

test('of a platform’s several names for a field, the one listed first wins', () => {
  const event = read('invoca', {
    start_time_local: '2025-07-07 10:00:00',
    start_time_xml: '2025-07-07T13:59:05-04:00',
    complete_call_id: 'C1',
  });
  expect(event.fields.call_date).toBe('2025-07-07T17:59:05.000Z');
  expect(event.extra).toEqual({ start_time_local: '2025-07-07 10:00:00' });
});
