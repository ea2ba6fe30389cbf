import fc from 'fast-check';
import { expect, test } from 'vitest';
import { envelopeNames } from './envelopes.ts';
import { limits } from './limits.ts';
import { parseRequest } from './parse-request.ts';

const form = 'application/x-www-form-urlencoded';

function parse(body: string, contentType = 'application/json', query = '') {
  return parseRequest({ method: 'POST', contentType, query, body: Buffer.from(body) });
}

/** Each event's data, or the code of its fault; one text for a request that is at fault as a whole. */
function read(body: string, contentType?: string, query?: string) {
  const parsed = parse(body, contentType, query);
  if ('unreadable' in parsed) return parsed.unreadable.code;
  return parsed.items.map((item) => ('fault' in item ? item.fault.code : item.data));
}

const two = [
  { call_instance_id: 'A', duration: '78' },
  { call_instance_id: 'B', duration: '9' },
];

test.each(envelopeNames)('row 32: %s holds one event, a list, or either as JSON text', (name) => {
  const [one] = two;
  for (const spelled of [name, name.toUpperCase()]) {
    expect(read(JSON.stringify({ k: '1', [spelled]: one }))).toEqual([{ k: '1', ...one }]);
    expect(read(JSON.stringify({ k: '1', [spelled]: JSON.stringify(one) }))).toEqual([{ k: '1', ...one }]);
    const both = two.map((event) => ({ k: '1', ...event }));
    expect(read(JSON.stringify({ k: '1', [spelled]: two }))).toEqual(both);
    expect(read(JSON.stringify({ k: '1', [spelled]: JSON.stringify(two) }))).toEqual(both);
    expect(read(JSON.stringify({ k: '1', [spelled]: two.map((event) => JSON.stringify(event)) }))).toEqual(
      both,
    );
    expect(read(`k=1&${spelled}=${encodeURIComponent(JSON.stringify(two))}`, form)).toEqual(both);
    expect(read('', '', `k=1&${spelled}=${encodeURIComponent(JSON.stringify(two))}`)).toEqual(both);
  }
});

test('row 32: what says by itself whose call it is stands in an envelope, whatever its name', () => {
  const [one] = two;
  expect(read(JSON.stringify({ k: '1', lead: one }))).toEqual([{ k: '1', ...one }]);
  expect(read(JSON.stringify({ k: '1', leads: two }))).toEqual(two.map((event) => ({ k: '1', ...event })));
  expect(read(JSON.stringify({ data: { type: 'call', attributes: one } }))).toEqual([
    { type: 'call', ...one },
  ]);
  expect(read(JSON.stringify({ params: { api_key: 'k', uuid: 'A' } }))).toEqual([
    { api_key: 'k', uuid: 'A' },
  ]);
  expect(read(`k=1&postback=${encodeURIComponent(JSON.stringify(one))}`, form)).toEqual([{ k: '1', ...one }]);
  const parent = { ...one, parent: { call_instance_id: 'B' } };
  expect(read(JSON.stringify(parent))).toEqual([parent]);
  const legs = { first: one, second: two[1] };
  expect(read(JSON.stringify(legs))).toEqual([legs]);
  expect(read(JSON.stringify({ connection_id: 'C', lead: { ...one, connection_id: 'D' } }))).toBe(
    'conflicting_identity',
  );
});

test('row 32: a list within a call is part of the call, not a list of calls', () => {
  const legs = [{ agent: 'Ann' }, { agent: 'Bob' }];
  for (const around of [{ call_instance_id: 'A' }, { uuid: 'A' }, { duration: '78', caller: '1' }]) {
    expect(read(JSON.stringify({ ...around, events: legs }))).toEqual([{ ...around, events: legs }]);
  }
  expect(read(JSON.stringify({ vertical: 'legal', calls: [{ uuid: 'A' }] }))).toEqual([
    { vertical: 'legal', uuid: 'A' },
  ]);
  expect(read('{"call_instance_id":"A","events":[]}')).toEqual([{ call_instance_id: 'A', events: [] }]);
});

test('row 31: what is wrong with one event of several is its own affair', () => {
  const [a, b] = two.map((event) => ({ api_key: 'k', ...event }));
  const bad = { api_key: 'k', callInstanceId: 'X', call_instance_id: 'Y' };
  const wide = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, i]));
  expect(read(JSON.stringify([a, bad, wide, 7, b]))).toEqual([
    a,
    'conflicting_identity',
    'too_many_fields',
    {},
    b,
  ]);
  expect(
    read(JSON.stringify({ api_key: 'k', calls: [two[0], { ...two[1], api_key: 'other' }, null] })),
  ).toEqual([a, 'conflicting_identity', {}]);
  expect(read(JSON.stringify([a, b]), 'application/json', 'call_instance_id=A')).toEqual([
    a,
    'conflicting_identity',
  ]);
});

test.each(['application/x-ndjson', 'application/jsonl', 'application/json', 'text/plain', form, ''])(
  'row 31: one JSON object a line, sent as %j, is as many events',
  (type) => {
    for (const end of ['\n', '\r\n', '\r', '\n\n'])
      expect(read(two.map((event) => JSON.stringify(event) + end).join(''), type)).toEqual(two);
  },
);

test('row 31: a broken line spoils no other, and is told by its number', () => {
  const lines = [
    JSON.stringify(two[0]),
    '{"call_instance_id":"C","buyer_name":"Joe "The Man""}',
    JSON.stringify(two[1]),
  ];
  expect(read(lines.join('\n'))).toEqual([two[0], 'malformed_json', two[1]]);
  expect(read(`${lines[1]}\n${lines[0]}`)).toEqual(['malformed_json', two[0]]);
  expect(read(`${lines[0]}\n${lines[0]!.slice(0, -5)}`, 'application/x-ndjson')).toEqual([
    two[0],
    'malformed_json',
  ]);
  const parsed = parse(lines.join('\n'));
  expect(JSON.stringify(parsed)).toContain('Line 2 of the body: The JSON breaks at line 1, column');
});

test('row 31: lines are limited as arrays are', () => {
  expect(read('{"a":"1"}\n'.repeat(limits.items))).toHaveLength(limits.items);
  expect(read('{"a":"1"}\n'.repeat(limits.items + 1))).toBe('too_many_items');
  expect(read(`${JSON.stringify({ calls: Array(300).fill({ call_id: '1' }) })}\n`.repeat(2))).toBe(
    'too_many_items',
  );
});

test('row 35: one JSON text over several lines stays one, and what follows its end stays a fault', () => {
  expect(read(JSON.stringify(two[0], null, 2))).toEqual([two[0]]);
  expect(read(JSON.stringify({ calls: two }, null, 1))).toEqual(two);
  expect(read('{"a":"1"}\nsome rest')).toBe('malformed_json');
  expect(read('{\n"a":"Joe "X""\n}')).toBe('malformed_json');
  expect(read('{"a":"1"}', 'application/x-ndjson')).toEqual([{ a: '1' }]);
});

test.each([
  ['data[call_instance_id]=A&data[duration]=78', [two[0]]],
  [
    'calls[0][call_instance_id]=A&calls[0][duration]=78&calls[1][call_instance_id]=B&calls[1][duration]=9',
    two,
  ],
  [
    'calls[1][call_instance_id]=B&calls[0][call_instance_id]=A&calls[1][duration]=9&calls[0][duration]=78',
    two,
  ],
  ['calls[][call_instance_id]=A&calls[][duration]=78&calls[][call_instance_id]=B&calls[][duration]=9', two],
  ['payload%5Bdata%5D%5Bcall_instance_id%5D=A&payload%5Bdata%5D%5Bduration%5D=78', [two[0]]],
  ['payload[calls][][call_instance_id]=A&payload[calls][][duration]=78', [two[0]]],
])('row 5: the form %s is nested as PHP nests it', (text, events) => {
  expect(read(text, form)).toEqual(events);
  expect(read('', '', text)).toEqual(events);
});

test('row 5: brackets outside of envelopes, or against each other, are part of the name', () => {
  expect(read('custom[team]=1&tags[]=a&data=1&data[x]=2', form)).toEqual([
    { 'custom[team]': '1', 'tags[]': 'a', data: '1', 'data[x]': '2' },
  ]);
  expect(read('data[a]=1&data[a][b]=2&data[=3&data]=4', form)).toEqual([
    { a: '1', 'data[a][b]': '2', 'data[': '3', 'data]': '4' },
  ]);
  expect(read(`data${'[x]'.repeat(30)}=1`, form)).toEqual([{ [`data${'[x]'.repeat(30)}`]: '1' }]);
});

test('rows 26, 30: names within brackets are held to the same rules', () => {
  expect(read('data[api_key]=1&data[api_key]=2', form)).toBe('conflicting_identity');
  expect(read('api_key=1&data[api_key]=2', form)).toBe('conflicting_identity');
  expect(read('data[__proto__]=1&data[__proto__][x]=1&data[a]=1', form)).toEqual([{ a: '1' }]);
  expect(({} as { x?: string }).x).toBeUndefined();
});

test('row 5: an unencoded recording link within brackets is put together again', () => {
  expect(read('data[recording]=https://m.example.com/r?v=v1&k=abc%2B1&data[duration]=78', form)).toEqual([
    { recording: 'https://m.example.com/r?v=v1&k=abc%2B1', duration: '78' },
  ]);
});

test('any events come out of lines, lists, envelopes and brackets as they went in', () => {
  const name = fc
    .stringMatching(/^[a-z]{2,8}$/)
    .filter((text) => !(envelopeNames as readonly string[]).includes(text));
  const event = fc
    .dictionary(name, fc.stringMatching(/^[\w ]{1,10}$/), { maxKeys: 5 })
    .map((fields) => ({ call_id: '1', ...fields }));
  const lists = fc.array(event, { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(lists, fc.constantFrom(...envelopeNames), (events, envelope) => {
      const pairs = events.flatMap((fields, at) =>
        Object.entries(fields).map(([field, value]): [string, string] => [
          `${envelope}[${at}][${field}]`,
          value,
        ]),
      );
      expect(read(events.map((fields) => JSON.stringify(fields)).join('\n'))).toEqual(events);
      expect(read(JSON.stringify(events))).toEqual(events);
      expect(read(JSON.stringify({ [envelope]: events }))).toEqual(events);
      expect(read(new URLSearchParams(pairs).toString(), form)).toEqual(events);
    }),
  );
});
