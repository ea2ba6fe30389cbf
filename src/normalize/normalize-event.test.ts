import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callFields } from '../domain/call-fields.ts';
import type { NormalizedEvent } from '../domain/event.ts';
import { warningCodes } from '../domain/warning-codes.ts';
import { isStorable } from './clean-text.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';
import type { ReadingSettings } from './reading.ts';
import { testEvent } from './test-event.ts';

const mapping = compileMapping(loadPreset('generic'));
const newYork = { timeZone: 'America/New_York', defaultCountry: 'US' };
const received = new Date('2025-07-07T18:10:00Z');

function read(
  data: Record<string, unknown>,
  settings: ReadingSettings = newYork,
  receivedAt = received,
): NormalizedEvent {
  return normalizeEvent(data, mapping, settings, receivedAt);
}

/** Value and warning codes of one field sent alone. */
function field(name: string, value: unknown, settings?: ReadingSettings, receivedAt?: Date) {
  const event = read({ [name]: value }, settings, receivedAt);
  return [event.fields[name as keyof typeof event.fields], ...event.warnings.map((w) => w.code)];
}

test('all 36 documented fields of a full event are read without a warning', () => {
  const now = new Date('2025-07-07T17:59:05Z');
  const data = testEvent({ apiKey: 'ak_x', connectionId: 'con_1', timeZone: 'America/New_York', now });
  const event = normalizeEvent(data, mapping, newYork, now);
  expect(event.warnings).toEqual([]);
  expect(Object.keys(event.fields).sort()).toEqual([...callFields].sort());
  expect(event.callInstanceId).toBe(data.call_instance_id);
  expect(event.fields.call_date).toBe('2025-07-07T17:59:05.000Z');
  expect(event.extra).toEqual({ aria_test: 'true' });
});

test('row 28: names in any case and style', () => {
  const event = read({
    CallInstanceId: 'A',
    'Buyer Name': 'B',
    'connected-call-length': '5',
    ZIPCODE: '10001',
  });
  expect(event).toMatchObject({
    callInstanceId: 'A',
    fields: { buyer_name: 'B', connected_call_length: '5', zip_code: '10001' },
    extra: {},
  });
});

test('row 29: unknown fields are kept under extra, the key never', () => {
  const event = read({
    api_key: 'ak_1',
    connection_id: 'c',
    Agent: 'Kim',
    score: 3,
    list: ['a'],
    empty: '',
    gone: null,
  });
  expect(event.extra).toEqual({ Agent: 'Kim', score: 3, list: ['a'] });
});

test('row 34: an object where text is expected is unknown', () => {
  expect(field('buyer_name', { name: 'X' })).toEqual([undefined, 'not_text']);
  expect(field('caller_id', ['1'])).toEqual([undefined, 'not_text']);
});

test.each(['True', 'TRUE', 'true ', 1, '1', 'yes', 'Y', 'on', 't', true, 'Converted'])(
  'rows 50, 52: %j is true',
  (value) => {
    expect(field('converted', value)).toEqual([true]);
  },
);

test.each(['False', '0', 'no', 'off', 'N', false, 0, 'f', 'Not Converted'])(
  'rows 51, 52: %j is false',
  (value) => {
    expect(field('converted', value)).toEqual([false]);
  },
);

test.each(['', ' ', null, 'null', 'NULL', 'undefined', 'N/A', '-', 'none', '-no-value-'])(
  'row 53: %j is no value',
  (value) => {
    const event = read(Object.fromEntries([...callFields, 'call_instance_id'].map((name) => [name, value])));
    expect(event).toMatchObject({ callInstanceId: null, fields: {}, warnings: [], extra: {} });
  },
);

test.each([
  '[Call:InboundCallId]',
  '[tag:User:zip]',
  '[tag:A:b|tag:C:d]',
  '[uuid]',
  '{call_id}',
  '{{caller}}',
  '--A--x--B--',
  '%%x%%',
  `$${'{x}'}`,
])('row 54: the token %s counts as missing, by name', (token) => {
  const event = read({ buyer_name: token, call_instance_id: token, unknown: token });
  expect(event).toMatchObject({ callInstanceId: null, fields: {}, extra: {} });
  expect(event.warnings.map((w) => [w.field, w.code])).toEqual([
    ['buyer_name', 'unresolved_token'],
    ['call_instance_id', 'unresolved_token'],
    ['unknown', 'unresolved_token'],
  ]);
  expect(event.warnings[0]!.message).toContain(token);
});

test('row 54: a token within an address counts too, what merely has brackets does not', () => {
  expect(field('recording', 'https://x.example/[Call:Id].mp3')).toEqual([undefined, 'unresolved_token']);
  expect(field('buyer_name', 'Smith [East]')).toEqual(['Smith [East]']);
  expect(read({ call_instance_id: '{6f9619ff-8b86-d011-b42d-00cf4fc964ff}' }).callInstanceId).toBe(
    '{6f9619ff-8b86-d011-b42d-00cf4fc964ff}',
  );
});

test.each(['maybe', 'Pending', '2', 'truthy'])('row 55: %j is neither true nor false', (value) => {
  expect(field('converted', value)).toEqual([undefined, 'unreadable_value']);
});

test.each([
  ['78', '78'],
  [78, '78'],
  ['78.0', '78'],
  ['78.6', '78.6'],
  ['078', '78'],
  ['0', '0'],
])('row 56: duration %j', (value, expected) => {
  expect(field('duration', value)).toEqual([expected]);
});

test.each([
  ['1:23', '83'],
  ['00:01:23', '83'],
  ['01:02:03', '3723'],
  ['1m 23s', '83'],
  ['1h 2m 3s', '3723'],
  ['PT83S', '83'],
  ['PT1M23S', '83'],
  ['83 sec', '83'],
  ['83s', '83'],
  ['83 seconds', '83'],
  ['83000 ms', '83'],
  ['83500ms', '83.5'],
  ['2 minutes', '120'],
])('row 57: duration %j', (value, expected) => {
  expect(field('duration', value)).toEqual([expected]);
});

test.each(['abc', '1:2:3:4', 'PT', '1e3', '0x10', 'NaN', 's'])('row 57: %j is no duration', (value) => {
  expect(field('duration', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 57: milliseconds are suspected by comparison', () => {
  const event = read({ duration: '83000', connected_call_length: '65' });
  expect(event.fields.duration).toBe('83000');
  expect(event.warnings.map((w) => [w.field, w.code])).toEqual([['duration', 'suspected_milliseconds']]);
});

test('row 58: what contradicts is kept with a warning', () => {
  expect(field('duration', '-5')).toEqual(['-5', 'inconsistent']);
  expect(field('duration', '90000')).toEqual(['90000', 'inconsistent']);
  const event = read({ duration: '10', connected_call_length: '20' });
  expect(event.fields).toEqual({ duration: '10', connected_call_length: '20' });
  expect(event.warnings.map((w) => w.code)).toEqual(['inconsistent']);
});

test('row 59: 46 hours until the call are real', () => {
  expect(field('time_to_call', '168096')).toEqual(['168096']);
});

test.each([
  ['12.50', '12.50'],
  ['$12.50', '12.50'],
  ['1,234.50', '1234.50'],
  ['$1,234.50', '1234.50'],
  ['1.234,50', '1234.50'],
  ['1.234.567,50', '1234567.50'],
  ['12.5 USD', '12.5'],
  ['USD 12.5', '12.5'],
  ['US$12.50', '12.50'],
  ['(12.50)', '-12.50'],
  ['($5.00)', '-5.00'],
  ['-0.08', '-0.08'],
  ['-$5', '-5'],
  ['$-5', '-5'],
  ['12,50', '12.50'],
  ['€12', '12'],
  ['12 €', '12'],
  ['1 234,50', '1234.50'],
  ["1'234.50", '1234.50'],
  ['.5', '0.5'],
  ['007.50', '7.50'],
  ['-0', '0'],
  [0, '0'],
  [450, '450'],
  [12.5, '12.5'],
])('row 60: money %j', (value, expected) => {
  expect(field('revenue', value)).toEqual([expected]);
});

test('row 60: 1,234 and 1.234 go by the country, with a warning', () => {
  const german = { timeZone: 'Europe/Berlin', defaultCountry: 'DE' };
  expect(field('revenue', '1,234')).toEqual(['1234', 'ambiguous_number']);
  expect(field('revenue', '1,234', german)).toEqual(['1.234', 'ambiguous_number']);
  expect(field('revenue', '1.234', german)).toEqual(['1234', 'ambiguous_number']);
});

test('row 61: every digit of an amount is kept', () => {
  expect(field('revenue', '12.505000')).toEqual(['12.505000']);
  expect(field('revenue', '0.123456')).toEqual(['0.123456']);
  expect(field('revenue', '12.505')[0]).toBe('12.505');
});

test.each(['NaN', 'Infinity', '1e3', '0x10', 'free', '1.2.3', '12,34,5', '--5', '$'])(
  'row 62: %j is no money',
  (value) => {
    expect(field('revenue', value)).toEqual([undefined, 'unreadable_value']);
  },
);

test('row 64: zero is a fact', () => {
  expect(field('revenue', '0')).toEqual(['0']);
  expect(field('revenue', '0.00')).toEqual(['0.00']);
});

const at = (local: string) => `2025-07-07T${local}.000Z`;

test.each([
  '07/07/2025 01:59:05 PM',
  '7/7/2025 1:59:05 PM',
  '7/7/2025 1:59:05PM',
  '07/07/2025 01:59:05 p.m.',
  '07/07/2025 01:59:05 pm',
  '07/07/2025 13:59:05',
  '07-07-2025 01:59:05 PM',
  '7/7/25 1:59:05 PM',
  '7/7/2025, 1:59:05 PM',
  '7/7/2025, 1:59:05\u202fPM',
  '07/07/2025 01:59:05\u00a0PM',
  '2025-07-07 13:59:05',
  '2025-07-07T13:59:05',
  '2025-07-07T13:59:05.000',
  '2025-07-07T17:59:05Z',
  '2025-07-07T17:59:05.000Z',
  '2025-07-07T13:59:05-04:00',
  '2025-07-07 13:59:05 -0400',
  '2025-07-07T17:59:05+00:00',
  '2025/07/07 01:59:05 PM',
  '07/07/2025 01:59:05 PM EDT',
  '07/07/2025 12:59:05 PM CT',
  '07/07/2025 05:59:05 PM UTC',
  'Mon, 07 Jul 2025 17:59:05 GMT',
  'Mon Jul 07 2025 13:59:05 GMT-0400 (Eastern Daylight Time)',
  'Jul 7, 2025 1:59:05 PM',
  'July 7, 2025 at 1:59:05 PM',
  '7 Jul 2025 13:59:05',
  '2025-07-07T13:59:05-04:00[America/New_York]',
  '1751911145',
  1751911145,
  '1751911145000',
  1751911145000,
  '20250707135905',
  '/Date(1751911145000-0400)/',
  '20250707135905000',
  '20250707T135905',
])('rows 65, 66, 72, 73: date %j', (value) => {
  expect(field('call_date', value)).toEqual([at('17:59:05')]);
});

test('row 65: without seconds', () => {
  expect(field('call_date', '07/07/2025 1:59 PM')).toEqual([at('17:59:00')]);
  expect(field('call_date', '2025-07-07 01:59 PM')).toEqual([at('17:59:00')]);
});

test('row 67: midnight and noon', () => {
  expect(field('call_date', '07/07/2025 12:00:00 AM')).toEqual([at('04:00:00')]);
  expect(field('call_date', '07/07/2025 12:00:00 PM')).toEqual([at('16:00:00')]);
});

test('rows 68, 69: hours that no 12-hour clock shows', () => {
  expect(field('call_date', '07/07/2025 13:00:00 PM')).toEqual([at('17:00:00'), 'impossible_clock_time']);
  expect(field('call_date', '07/07/2025 00:30:00 AM')).toEqual([at('04:30:00'), 'impossible_clock_time']);
});

test.each([
  '02/30/2025 01:00:00 PM',
  '02/29/2025 01:00:00 PM',
  '04/31/2025 1:00 PM',
  '2025-02-30',
  '07/07/2025 25:00',
  '07/07/2025 01:60:00 PM',
  'yesterday',
  '07/07',
])('row 70: %j does not exist', (value) => {
  expect(field('call_date', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 71: day before month only where the connection says so', () => {
  expect(field('call_date', '13/02/2025 01:00:00 PM')).toEqual([undefined, 'unreadable_value']);
  const dayFirst = { ...newYork, dateOrder: 'day-first' } as const;
  expect(field('call_date', '13/02/2025 01:00:00 PM', dayFirst)).toEqual(['2025-02-13T18:00:00.000Z']);
  expect(field('call_date', '03/04/2025 01:00:00 PM', dayFirst)).toEqual(['2025-04-03T17:00:00.000Z']);
  expect(field('call_date', '03/04/2025 01:00:00 PM')).toEqual(['2025-03-04T18:00:00.000Z']);
});

test('row 72: an abbreviation that means several zones is not guessed', () => {
  expect(field('call_date', '07/07/2025 01:59:05 PM IST')).toEqual([undefined, 'unreadable_value']);
  expect(field('call_date', '01/07/2025 01:59:05 PM CST')).toEqual(['2025-01-07T19:59:05.000Z']);
});

test('row 72: a date without time is midnight, with a warning', () => {
  expect(field('call_date', '07/07/2025')).toEqual([at('04:00:00'), 'date_only']);
  expect(field('call_date', '2025-07-07')).toEqual([at('04:00:00'), 'date_only']);
});

test('row 73: the zone is the connection’s', () => {
  const text = '07/07/2025 01:59:05 PM';
  const after = new Date('2025-07-08T00:00:00Z');
  const zones = {
    'America/Los_Angeles': '20:59:05',
    'Asia/Kolkata': '08:29:05',
    UTC: '13:59:05',
    'Australia/Lord_Howe': '03:29:05',
  };
  for (const [timeZone, expected] of Object.entries(zones)) {
    expect(field('call_date', text, { timeZone, defaultCountry: 'US' }, after)).toEqual([at(expected)]);
  }
});

test('row 74: a skipped local time becomes the later instant', () => {
  expect(field('call_date', '03/10/2024 02:30:00 AM')).toEqual([
    '2024-03-10T07:30:00.000Z',
    'nonexistent_local_time',
  ]);
  expect(field('call_date', '03/10/2024 01:59:59 AM')).toEqual(['2024-03-10T06:59:59.000Z']);
  expect(field('call_date', '03/10/2024 03:00:00 AM')).toEqual(['2024-03-10T07:00:00.000Z']);
});

test('row 75: a repeated local time becomes the earlier instant, unless arrival says otherwise', () => {
  const text = '11/03/2024 01:30:00 AM';
  const days = new Date('2024-11-05T00:00:00Z');
  expect(field('call_date', text, newYork, days)).toEqual([
    '2024-11-03T05:30:00.000Z',
    'ambiguous_local_time',
  ]);
  const soon = new Date('2024-11-03T05:35:00Z');
  expect(field('call_date', text, newYork, soon)).toEqual([
    '2024-11-03T05:30:00.000Z',
    'ambiguous_local_time',
  ]);
  const later = new Date('2024-11-03T06:35:00Z');
  expect(field('call_date', text, newYork, later)).toEqual([
    '2024-11-03T06:30:00.000Z',
    'ambiguous_local_time',
  ]);
});

test('row 76: a date ahead of its arrival', () => {
  expect(field('call_date', '07/07/2025 02:15:00 PM')).toEqual([at('18:15:00')]);
  expect(field('call_date', '07/07/2025 03:00:00 PM')).toEqual([at('19:00:00'), 'future_date']);
  expect(field('call_date', '07/09/2025 03:00:00 PM')).toEqual([undefined, 'future_date']);
});

test.each([
  '0001-01-01T00:00:00',
  '01/01/0001 12:00:00 AM',
  '01/01/1900 12:00:00 AM',
  '1970-01-01',
  '0',
  0,
  '01/01/1970 12:00:00 AM',
])('row 77: %j is a default, not a date', (value) => {
  expect(field('call_date', value)[0]).toBeUndefined();
  expect(field('call_date', value)).toContain('placeholder_date');
});

test.each([
  ['+15551234567', '+15551234567'],
  ['15551234567', '+15551234567'],
  [15551234567, '+15551234567'],
  ['5551234567', '+15551234567'],
  [5551234567, '+15551234567'],
  ['(555) 123-4567', '+15551234567'],
  ['555-123-4567', '+15551234567'],
  ['555.123.4567', '+15551234567'],
  ['1-555-123-4567', '+15551234567'],
  ['+1 (555) 123-4567', '+15551234567'],
  ['sip:+15551234567@pbx.example.com;user=phone', '+15551234567'],
  ['tel:+15551234567', '+15551234567'],
  ['+44 20 7946 0958', '+442079460958'],
  ['911', '911'],
  ['40404', '40404'],
])('row 78: phone %j', (value, expected) => {
  expect(field('caller_id', value)).toEqual([expected]);
});

test('row 78: an extension is kept beside the number', () => {
  const event = read({ caller_id: '555-123-4567 x12', target_did: '866-555-1234,,#123' });
  expect(event.fields).toEqual({ caller_id: '+15551234567', target_did: '+18665551234' });
  expect(event.extra).toEqual({ caller_id_extension: '12', target_did_extension: '123' });
  expect(event.warnings).toEqual([]);
});

test.each([
  'anonymous',
  'Restricted',
  '+266696687',
  '266696687',
  'unavailable',
  'sip:anonymous@anonymous.invalid',
  '7378742833',
])('row 78: %j is a withheld caller', (value) => {
  const event = read({ caller_id: value });
  expect(event).toMatchObject({ fields: {}, extra: { caller_id_withheld: true }, warnings: [] });
});

test.each(['12', '555123456789012345', 'call me', '+'])('row 78: %j is no phone number', (value) => {
  expect(field('caller_id', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 78: the country decides about numbers without a code', () => {
  const british = { timeZone: 'Europe/London', defaultCountry: 'GB' };
  expect(field('caller_id', '020 7946 0958', british)).toEqual(['+442079460958']);
  expect(field('caller_id', '12125550123', british)).toEqual(['+12125550123', 'assumed_country']);
});

test('row 79: a number ruined by a spreadsheet', () => {
  expect(field('caller_id', '1.5551E+10')).toEqual([undefined, 'scientific_notation']);
});

test.each([
  ['02134', '02134'],
  [2134, '02134'],
  ['02134-1234', '02134-1234'],
  ['021341234', '02134-1234'],
  ['K1A 0B1', 'K1A 0B1'],
  ['k1a0b1', 'K1A 0B1'],
  [601, '00601'],
])('row 80: ZIP %j', (value, expected) => {
  expect(field('zip_code', value)).toEqual([expected]);
});

test('row 80: what is no ZIP', () => {
  expect(field('zip_code', 'Boston')).toEqual([undefined, 'unreadable_value']);
  expect(field('zip_code', '[tag:Geo:ZipCode]')).toEqual([undefined, 'unresolved_token']);
});

test.each([
  ['Texas', 'TX'],
  ['tx', 'TX'],
  ['US-TX', 'TX'],
  ['TX, USA', 'TX'],
  ['new york', 'NY'],
  ['ON', 'ON'],
  ['Ontario', 'ON'],
  ['CA-ON', 'ON'],
  ['CA', 'CA'],
  ['PR', 'PR'],
  ['Québec', 'QC'],
  ['Bavaria', 'Bavaria'],
])('row 81: state %j', (value, expected) => {
  expect(field('inbound_number_state', value)).toEqual([expected]);
});

test.each([
  ['Caller', 'Caller'],
  ['callee', 'Callee'],
  ['Target', 'Callee'],
  ['SYSTEM', 'System'],
  ['caller_hangup', 'Caller'],
  ['Unknown', undefined],
])('row 82: end_call_source %j', (value, expected) => {
  expect(field('end_call_source', value)).toEqual([expected]);
});

test('row 82: another word is kept with a warning', () => {
  expect(field('end_call_source', 'Whisper')).toEqual(['Whisper', 'unknown_value']);
});

test.each([
  'Zoë 🙂',
  '\u200fשלום\u200f',
  'e\u0301',
  '<script>alert(1)</script>',
  '=cmd()',
  'Joe "The Man" Inc',
])('row 83: the name %j is stored exactly', (value) => {
  expect(field('buyer_name', value)).toEqual([value]);
});

test('row 83: an endless name is cut, not through a character', () => {
  const event = read({ buyer_name: `${'x'.repeat(499)}🙂${'y'.repeat(9_000)}` });
  expect(event.fields.buyer_name).toBe('x'.repeat(499));
  expect(event.warnings.map((w) => w.code)).toEqual(['too_long']);
});

test('row 84: NUL is removed', () => {
  expect(field('buyer_name', 'A\u0000B')).toEqual(['AB', 'cleaned_text']);
  expect(read({ x: { 'k\u0000': ['a\u0000'] } }).extra).toEqual({ x: { k: ['a'] } });
});

test('row 85: half a surrogate pair is replaced', () => {
  expect(field('buyer_name', 'A\ud83d')).toEqual(['A\ufffd', 'cleaned_text']);
});

test('row 86: invisible characters leave an id', () => {
  const event = read({ call_instance_id: 'RGB\u200b123\u00a0' });
  expect(event.callInstanceId).toBe('RGB123');
  expect(event.warnings.map((w) => w.code)).toEqual(['cleaned_text']);
});

test('row 87: an endless call id is none', () => {
  expect(read({ call_instance_id: 'x'.repeat(256) }).callInstanceId).toBe('x'.repeat(256));
  const event = read({ call_instance_id: 'x'.repeat(257) });
  expect(event.callInstanceId).toBeNull();
  expect(event.warnings.map((w) => [w.field, w.code])).toEqual([['call_instance_id', 'too_long']]);
});

test('row 88: case is part of the id', () => {
  expect(read({ call_instance_id: 'aB' }).callInstanceId).toBe('aB');
});

test('row 89: counts', () => {
  expect(field('sale_count', 2.0)).toEqual(['2']);
  expect(field('sale_count', '2.0')).toEqual(['2']);
  expect(field('sale_count', '-1')).toEqual(['-1', 'inconsistent']);
  expect(field('sale_count', 'two')).toEqual([undefined, 'unreadable_value']);
  expect(field('sale_count', '1.5')).toEqual([undefined, 'unreadable_value']);
  expect(field('sale_amount', 'lots')).toEqual([undefined, 'unreadable_value']);
});

test('row 90: contradictions in what is reported are kept and flagged', () => {
  const event = read({ converted: 'True', sale_count: 0 });
  expect([event.fields, event.warnings.map((w) => w.code)]).toEqual([
    { converted: true, sale_count: '0' },
    ['inconsistent'],
  ]);
  expect(read({ converted: 'False', sale_amount: 5 }).warnings.map((w) => w.code)).toEqual(['inconsistent']);
});

test('row 91: client_id is text, every digit kept', () => {
  expect(field('client_id', 42)).toEqual(['42']);
  expect(field('client_id', '9007199254740993')).toEqual(['9007199254740993']);
});

test('row 37: a number beyond a double is no amount', () => {
  expect(field('revenue', '1e400')).toEqual([undefined, 'unreadable_value']);
  expect(field('revenue', Number.POSITIVE_INFINITY)).toEqual([undefined, 'unreadable_value']);
});

test.each([
  ['https://x.example/a?b=c&d=%2b', 'https://x.example/a?b=c&d=%2b', []],
  ['www.x.example/a.mp3', 'https://www.x.example/a.mp3', ['repaired_url']],
  ['//x.example/a.mp3', 'https://x.example/a.mp3', ['repaired_url']],
  ['https://x.example/a b.mp3', 'https://x.example/a%20b.mp3', ['repaired_url']],
  ['https://x.example/a?b=1&amp;c=2', 'https://x.example/a?b=1&c=2', ['repaired_url']],
  ['https%3A%2F%2Fx.example%2Fa', 'https://x.example/a', ['repaired_url']],
  ['/relative.mp3', undefined, ['unreadable_value']],
  ['file:///etc/passwd', undefined, ['unreadable_value']],
  ['nothing', undefined, ['unreadable_value']],
])('row 126: recording %j', (value, expected, codes) => {
  expect(field('recording', value)).toEqual([expected, ...codes]);
});

test('two names for one field: the contract’s name wins, the other value is kept', () => {
  for (const data of [
    { recording_url: 'https://a.example/1', recording: 'https://a.example/2' },
    { recording: 'https://a.example/2', recording_url: 'https://a.example/1' },
  ]) {
    const event = read(data);
    expect(event.fields.recording).toBe('https://a.example/2');
    expect(event.extra).toEqual({ recording_url: 'https://a.example/1' });
  }
  expect(read({ recording_url: 'https://a.example/1', recording: '' }).fields.recording).toBe(
    'https://a.example/1',
  );
  expect(read({ uuid: 'U', call_instance_id: 'C' })).toMatchObject({ callInstanceId: 'C' });
});

test('own names and constants of a connection', () => {
  const own = compileMapping(
    loadPreset('generic'),
    { anrufer: 'caller_id', filiale: 'store' },
    { vertical: 'legal' },
  );
  const event = normalizeEvent({ Anrufer: '2125550123', Filiale: 'Ost' }, own, newYork, received);
  expect([event.fields, event.extra]).toEqual([
    { caller_id: '+12125550123', vertical: 'legal' },
    { store: 'Ost' },
  ]);
  expect(normalizeEvent({ vertical: 'hvac' }, own, newYork, received).fields.vertical).toBe('hvac');
});

test.each([
  [{ event: 'Completed', sale_amount: 5 }, 'completed'],
  [{ event_type: 'call.recording' }, 'recording'],
  [{ trigger: 'Finalized' }, 'disposition'],
  [{ sale_amount: 0, duration: 78 }, 'disposition'],
  [{ converted: 'True' }, 'disposition'],
  [{ converted: 'False' }, 'disposition'],
  [{ revenue: '40' }, 'disposition'],
  [{ converted: 'True', duration: '78', revenue: '40' }, 'completed'],
  [{ recording: 'https://x.example/1' }, 'recording'],
  [{ recording: 'https://x.example/1', duration: '78' }, 'completed'],
  [{ duration: '78', connected_call_length: '0' }, 'completed'],
  [{ end_call_source: 'Caller', duration: '0' }, 'completed'],
  [{ target_name: 'T', duration: '0' }, 'connected'],
  // without a length it may come at any time: news about the call, which must win over what was known before
  [{ target_name: 'T' }, 'disposition'],
  [{ caller_id: '2125550123', duration: '0', converted: 'False', revenue: '0.00' }, 'incoming'],
  [{ caller_id: '2125550123' }, 'disposition'],
  [{}, 'disposition'],
])('the kind of %j', (data, kind) => {
  expect(read(data).kind).toBe(kind);
});

test('an event name that is not known stays under extra', () => {
  expect(read({ event: 'Whispered' })).toMatchObject({ kind: 'disposition', extra: { event: 'Whispered' } });
});

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...texts(inner)]);
}

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'a\u0000b',
    '\ud83d',
    '[x:y]',
    '1e5',
    '-',
    '12/31/9999',
    '$',
    '1:60',
    '99999999999999999999',
    '0',
  ),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
  fc.double(),
);

test('any data is read without an exception into text that PostgreSQL takes', () => {
  const names = fc.oneof(
    fc.constantFrom(...callFields, 'call_instance_id', 'event'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const data = fc.oneof(fc.dictionary(names, odd), fc.object());
  const settings = fc.constantFrom(
    newYork,
    { timeZone: 'Asia/Kolkata', defaultCountry: 'DE' },
    { timeZone: 'UTC', defaultCountry: 'ZZ' },
  );
  fc.assert(
    fc.property(data, settings, (sent, set) => {
      const event = read(sent as Record<string, unknown>, set);
      for (const text of texts(event)) expect(isStorable(text)).toBe(true);
      for (const warning of event.warnings) expect(warningCodes).toHaveProperty(warning.code);
      for (const name of ['revenue', 'cost', 'sale_amount', 'duration', 'sale_count'] as const) {
        if (event.fields[name] !== undefined) expect(event.fields[name]).toMatch(/^-?\d+(\.\d+)?$/);
      }
    }),
    { numRuns: 500 },
  );
}, 30_000);

test('reading what was read changes nothing', () => {
  const now = new Date('2025-07-07T17:59:05Z');
  const event = read(testEvent({ apiKey: 'k', connectionId: 'c', timeZone: 'America/New_York', now }));
  expect(read(event.fields).fields).toEqual(event.fields);
});
