import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callFields } from '../domain/call-fields.ts';
import { warningCodes } from '../domain/warning-codes.ts';
import { isStorable } from './clean-text.ts';
import { compileMapping } from './field-mapping.ts';
import { field, newYork, read, received } from './field-under-test.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';
import { testEvent } from './test-event.ts';

test('all 36 documented fields of a full event are read without a warning', () => {
  const now = new Date('2025-07-07T17:59:05Z');
  const data = testEvent({ apiKey: 'ak_x', connectionId: 'con_1', timeZone: 'America/New_York', now });
  const event = read(data, newYork, now);
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

test('row 30: a reserved name hidden behind a NUL changes no object', () => {
  const { extra } = read({ '__pro\u0000to__': { a: 1 }, x: { '__proto\u0000__': { b: 2 } } });
  expect(Object.getPrototypeOf(extra)).toBe(Object.prototype);
  expect(extra).toEqual({ x: {} });
});

test('row 34: an object where text is expected is unknown', () => {
  expect(field('buyer_name', { name: 'X' })).toEqual([undefined, 'not_text']);
  expect(field('caller_id', ['1'])).toEqual([undefined, 'not_text']);
});

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
  '[object Object]',
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

test('row 58: what contradicts is kept with a warning', () => {
  expect(field('duration', '-5')).toEqual(['-5', 'inconsistent']);
  expect(field('duration', '90000')).toEqual(['90000', 'inconsistent']);
  const event = read({ duration: '10', connected_call_length: '20' });
  expect(event.fields).toEqual({ duration: '10', connected_call_length: '20' });
  expect(event.warnings.map((w) => w.code)).toEqual(['inconsistent']);
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

test('row 58: connected to nobody, where the template names a target', () => {
  const event = read({ connected_call_length: '65', target_name: '' });
  expect(event.warnings.map((w) => [w.field, w.code])).toEqual([['target_name', 'inconsistent']]);
  expect(read({ connected_call_length: '65' }).warnings).toEqual([]);
  expect(read({ connected_call_length: '0', target_name: '' }).warnings).toEqual([]);
});

test('row 90: contradictions in what is reported are kept and flagged', () => {
  const event = read({ converted: 'True', sale_count: 0 });
  expect([event.fields, event.warnings.map((w) => w.code)]).toEqual([
    { converted: true, sale_count: '0' },
    ['inconsistent'],
  ]);
  expect(read({ converted: 'False', sale_amount: 5 }).warnings.map((w) => w.code)).toEqual(['inconsistent']);
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

test('a name that came blank does not stand in the way of a better one', () => {
  // the alias came first, the contract's own name second, in two spellings of which one is blank
  expect(read({ duration: '', call_length: '62', Duration: '60' })).toMatchObject({
    fields: { duration: '60' },
    extra: { call_length: '62' },
  });
});

test("a connection's own decimal mark and words for no value", () => {
  const german = { ...newYork, defaultCountry: 'DE' };
  expect(read({ revenue: '1,234', buyer_name: 'TBD' }, german)).toMatchObject({
    fields: { revenue: '1.234', buyer_name: 'TBD' },
    warnings: [{ code: 'ambiguous_number' }],
  });
  const told = { ...german, decimalMark: 'point', placeholders: new Set(['tbd']) } as const;
  const event = read({ revenue: '1,234', buyer_name: 'TBD', note: 'tbd' }, told);
  expect([event.fields, event.extra, event.warnings]).toEqual([{ revenue: '1234' }, {}, []]);
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
