import { expect, test } from 'vitest';
import { field, newYork, read } from './field-under-test.ts';

test.each([
  ['duration', '\u200b', undefined],
  ['buyer_name', '\u200b\u2060', undefined],
  ['duration', '[]', undefined],
  ['client_id', '{}', undefined],
  ['zip_code', '#N/A', undefined],
  ['buyer_name', '\\N', undefined],
  ['duration', '""', undefined],
])('row 53: %s %j says nothing', (name, value, expected) => {
  expect(field(name, value)).toEqual([expected]);
});

test.each([
  ['converted', '"True"', true],
  ['converted', 'ｔｒｕｅ', true],
  ['duration', "'78'", '78'],
  ['duration', '７８', '78'],
  ['revenue', '\u200b12.50', '12.50'],
  ['zip_code', '\u202a10001\u202c', '10001'],
  ['call_date', '"2025-07-07T17:59:05Z"', '2025-07-07T17:59:05.000Z'],
])(
  'rows 50, 56, 60, 65, 80: %s %j is read as the plain characters it stands for',
  (name, value, expected) => {
    expect(field(name, value)).toEqual([expected]);
  },
);

test('row 83: a name is kept in the very characters it came in', () => {
  for (const name of ['"Acme"', 'Ａｃｍｅ', 'A\u200bB', 'e\u0301'])
    expect(field('buyer_name', name)).toEqual([name]);
});

test.each([
  '[caller number]',
  '[inboundCallId]',
  '[InboundCallId]',
  '[CALLER_ID]',
  '[call-uuid]',
  '[[caller]]',
  '{$caller}',
  '{%caller%}',
  '%{caller}',
  '<%= caller %>',
  '##caller##',
  '@@caller@@',
  '*|CALLER|*',
  '%7Bcall_id%7D',
  '%5BCall%3AInboundCallId%5D',
])('row 54: %s is a token in any field', (token) => {
  expect(field('campaign_name', token)).toEqual([undefined, 'unresolved_token']);
  expect(read({ call_instance_id: token })).toMatchObject({
    callInstanceId: null,
    warnings: [{ field: 'call_instance_id', code: 'unresolved_token' }],
  });
});

test.each([
  '<caller>',
  '[CALLER]',
  '[Call.Id]',
  '#call_id#',
  '|call_id|',
  '~call_id~',
  '$CALLER_ID',
  'call-{call_id}',
])('row 54: %s in place of a call id would be shared by all calls', (token) => {
  expect(read({ call_instance_id: token }).callInstanceId).toBeNull();
});

test('row 54: a default in place of a call id would be shared by all calls', () => {
  for (const id of ['00000000-0000-0000-0000-000000000000', '{00000000-0000-0000-0000-000000000000}'])
    expect(read({ call_instance_id: id })).toMatchObject({
      callInstanceId: null,
      warnings: [{ code: 'unreadable_value' }],
    });
});

test('row 88: an id with braces or signs around it stays an id', () => {
  for (const id of ['{RGB0A1B2C3}', '{9D3F-11}', '[ABC-1]', '<a1@b>', '#1001', 'CA_1', '10-0', '=cmd()', '0'])
    expect(read({ call_instance_id: id })).toMatchObject({ callInstanceId: id, warnings: [] });
});

test.each([
  '[VIP]',
  '[Gold]',
  'Smith [East]',
  '{Acme}s',
  '50% off',
  '<b>Acme</b>',
  '#1 Roofing',
  '--',
  '*Acme*',
])('row 54: the name %s is no token', (name) => {
  expect(field('buyer_name', name).slice(1)).toEqual([]);
});

test.each([
  ['+78', '78'],
  ['1.02:03:04', '93784'],
  ['00:01:23.4560000', '83.456'],
  ['1 day, 0:00:05', '86405'],
  ['1.5 min', '90'],
  ['0.25 hours', '900'],
  ['1 minute and 5 seconds', '65'],
])('row 57: duration %j', (value, expected) => {
  expect(field('duration', value)[0]).toBe(expected);
});

test('row 57: a clock with 60 seconds is none', () => {
  expect(field('duration', '1:60')).toEqual([undefined, 'unreadable_value']);
  expect(field('duration', '1:75:00')).toEqual([undefined, 'unreadable_value']);
});

test('rows 56, 61: in a JSON number, and in seconds, a point is a decimal point wherever the connection is', () => {
  const german = { timeZone: 'Europe/Berlin', defaultCountry: 'DE' };
  expect(field('revenue', 12.345, german)).toEqual(['12.345']);
  expect(field('revenue', '12.345', german)).toEqual(['12345', 'ambiguous_number']);
  expect(field('revenue', 12.505)).toEqual(['12.505']);
  expect(field('duration', '78.123', german)).toEqual(['78.123']);
  expect(field('duration', 78.123)).toEqual(['78.123']);
});

test.each([
  ['12.5 usd', '12.5', []],
  ['usd 12.50', '12.50', []],
  ['C$12', '12', ['other_currency']],
  ['R$ 5,00', '5.00', ['other_currency']],
  ['–5', '-5', []],
  ['50¢', undefined, ['unreadable_value']],
  ['12 per', undefined, ['unreadable_value']],
  ['12 MIN', undefined, ['unreadable_value']],
])('row 60: money %j', (value, expected, codes) => {
  expect(field('revenue', value, { ...newYork, currency: 'USD' })).toEqual([expected, ...codes]);
});

test.each([
  '07/07/2025 01:59:05 PM (EDT)',
  '07/07/2025 01:59:05 PM America/New_York',
  '07/07/2025 12:59:05 PM (CT)',
  'Mon Jul  7 13:59:05 2025',
  'Mon Jul 7 13:59:05 EDT 2025',
  'Mon Jul 7 17:59:05 +0000 2025',
  '07/07/2025 at 1:59:05 PM',
  '2025-7-7 1:59:5 PM',
  '1751911145000000000',
])('row 72: %s', (value) => {
  expect(field('call_date', value)).toEqual(['2025-07-07T17:59:05.000Z']);
});

test('row 72: a zone that is none is not guessed', () => {
  expect(field('call_date', '07/07/2025 01:59:05 PM Mars/Olympus')).toEqual([undefined, 'unreadable_value']);
});

test.each(['-62135596800000', '/Date(-62135596800000)/', -62135596800])(
  'row 77: %j is a default',
  (value) => {
    expect(field('call_date', value)).toEqual([undefined, 'placeholder_date']);
  },
);

test('row 71: a date that would fit its arrival the other way round is warned of', () => {
  const arrival = new Date('2025-04-03T18:10:00Z');
  const dayFirst = { ...newYork, dateOrder: 'day-first' } as const;
  const codes = (value: string, settings = newYork) => field('call_date', value, settings, arrival).slice(1);
  expect(codes('03/04/2025 01:00:00 PM')).toEqual(['suspected_date_order']);
  expect(codes('3/4/2025 1:00 PM')).toEqual(['suspected_date_order']);
  expect(codes('04/03/2025 01:00:00 PM')).toEqual([]);
  expect(codes('04/03/2025 01:00:00 PM', dayFirst)).toEqual(['suspected_date_order']);
  expect(codes('03/04/2025 01:00:00 PM', dayFirst)).toEqual([]);
  expect(codes('2025-03-04 13:00:00')).toEqual([]);
  expect(codes('02/04/2025 01:00:00 PM')).toEqual([]);
});

test.each([
  ['0000000000', undefined, { caller_id_withheld: true }],
  ['(999) 999-9999', undefined, { caller_id_withheld: true }],
  ['+11111111111', undefined, { caller_id_withheld: true }],
  ['Out of Area', undefined, { caller_id_withheld: true }],
  ['12125550186.0', '+12125550186', {}],
  ['%2B12125550186', '+12125550186', {}],
  ['1-800-FLOWERS', '+18003569377', {}],
  ['\u202a+1 212 555 0186\u202c', '+12125550186', {}],
])('row 78: caller %j', (value, expected, extra) => {
  const event = read({ caller_id: value });
  expect([event.fields.caller_id, event.extra, event.warnings]).toEqual([expected, extra, []]);
});

test('row 78: two numbers in one field are not one with an extension', () => {
  expect(field('caller_id', '2125550186;2125550187')).toEqual([undefined, 'unreadable_value']);
});

test.each([
  ['zip_code', '02134-', '02134'],
  ['inbound_number_state', 'Tx.', 'TX'],
  ['inbound_number_state', 'PQ', 'QC'],
  ['inbound_number_state', 'Unknown', undefined],
  ['end_call_source', 'hangup_by_caller', 'Caller'],
  ['end_call_source', 'Call ended by target', 'Callee'],
])('rows 80-82: %s %j', (name, value, expected) => {
  expect(field(name, value)).toEqual([expected]);
});

test.each([true, false, 'True', 'call_instance_id', 'CALL_INSTANCE_ID'])(
  'row 54: %j is no call id that calls could share',
  (value) => {
    const event = read({ call_instance_id: value });
    expect(event.callInstanceId).toBeNull();
    expect(event.warnings.map(({ field: name }) => name)).toEqual(['call_instance_id']);
  },
);

test.each([1, '10', 'A0', 'test', 'True North 7'])('row 54: %j is a call id like any other', (value) => {
  expect(read({ call_instance_id: value }).callInstanceId).toBe(String(value));
});

test('row 79: an id that a spreadsheet rounded off would be shared by many', () => {
  for (const id of ['1.23457E+14', '1,23457E+14', '9E+15']) {
    expect(read({ call_instance_id: id })).toMatchObject({
      callInstanceId: null,
      warnings: [{ code: 'scientific_notation' }],
    });
    expect(field('client_id', id)).toEqual([undefined, 'scientific_notation']);
  }
  expect(read({ call_instance_id: '="00123"' }).callInstanceId).toBe('00123');
});

test('row 34: what came in place of a value is told by its names, not by what it holds', () => {
  const message = (value: unknown) => read({ buyer_name: value }).warnings[0]?.message;
  expect(message({ name: 'Secret', id: 7 })).toContain('An object with "name", "id" came');
  expect(message({ name: 'Secret' })).not.toContain('Secret');
  expect(message(['Secret', 'b'])).toContain('A list of 2 came');
});
