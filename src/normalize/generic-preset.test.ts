import { expect, test } from 'vitest';
import { platforms } from '../domain/connection.ts';
import { foldKey } from '../lib/fold-key.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';

const settings = { timeZone: 'America/New_York', defaultCountry: 'US' };
const received = new Date('2025-07-07T18:10:00Z');

/** One platform's own names of a completed call, and of what came of it. */
const senders: [string, Record<string, unknown>][] = [
  [
    'ringba',
    {
      inboundCallId: 'A',
      callDt: 1751896745543,
      inboundPhoneNumber: '+12125550123',
      callLengthInSeconds: 78,
      connectedCallLengthInSeconds: 65,
      hasConverted: true,
      conversionAmount: 40,
      payoutAmount: 28,
      recordingUrl: 'https://r.example/1?v=v1&k=a%2b',
    },
  ],
  [
    'trackdrive',
    {
      uuid: 'A',
      created_at: '2025-07-07T08:59:05.543-05:00',
      caller_number: '+12125550123',
      total_duration: 78,
      answered_duration: 65,
      buyer_converted: 'Converted',
      buyer_revenue: '40.00',
      payout: '28.00',
      recording_url: 'https://r.example/1?v=v1&k=a%2b',
    },
  ],
  [
    'retreaver',
    {
      call_uuid: 'A',
      start_time: '2025-07-07T13:59:05.543Z',
      caller: '+12125550123',
      total_duration: 78,
      dialed_call_duration: 65,
      converted: true,
      revenue: 40.0,
      payout: 28,
      recording_url: 'https://r.example/1?v=v1&k=a%2b',
    },
  ],
  [
    'invoca',
    {
      complete_call_id: 'A',
      start_time_utc: 1751896745543,
      calling_phone_number: '212-555-0123',
      duration: 78,
      connect_duration: 65,
      converted: 'true',
      advertiser_payin_localized: '40',
      affiliate_payout_localized: '28',
      recording: 'https://r.example/1?v=v1&k=a%2b',
    },
  ],
];

test.each(senders)(
  'a connection that was not told its platform reads %s as one that was',
  (platform, data) => {
    const read = (name: (typeof platforms)[number]) =>
      normalizeEvent(data, compileMapping(loadPreset(name)), settings, received);
    const own = read(platform as (typeof platforms)[number]);
    expect(own).toMatchObject({ callInstanceId: 'A', warnings: [], extra: {} });
    expect(Object.keys(own.fields)).toHaveLength(8);
    expect(read('generic')).toEqual(own);
    expect(Number(own.fields.revenue)).toBe(40);
  },
);

test('no name leads elsewhere in the generic preset than with all platforms that have it', () => {
  const others = platforms
    .filter((platform) => platform !== 'generic')
    .map((platform) => loadPreset(platform));
  for (const [name, field] of Object.entries(loadPreset('generic').aliases)) {
    const theirs = others.flatMap(({ aliases }) =>
      Object.entries(aliases).flatMap(([alias, other]) => (foldKey(alias) === foldKey(name) ? [other] : [])),
    );
    if (theirs.length > 0) expect(theirs, name).toContain(field);
  }
});
