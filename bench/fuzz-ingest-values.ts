import type { Random } from './fuzz-ingest-random.ts';

/** Values that broke receivers before, theirs or ours: each is a text, number, list or object of JSON. */
const awkward: readonly unknown[] = [
  '',
  ' ',
  null,
  'null',
  'N/A',
  '-no-value-',
  '[Call:InboundCallId]',
  '{{caller}}',
  '%%x%%',
  true,
  false,
  'True',
  'maybe',
  0,
  -0,
  -1,
  1e21,
  1e308,
  5e-324,
  2 ** 53 + 2,
  '9'.repeat(400),
  `0.${'0'.repeat(300)}1`,
  '1e999999999',
  '1e-999999999',
  'NaN',
  'Infinity',
  '1,234.50',
  '1.234,50',
  '(12.50)',
  '$12.50',
  '1:23:45',
  'PT83S',
  '13:00:00 PM',
  '02/30/2025',
  '07/07/2025 01:59:05\u202fPM',
  '1751896745543',
  '-99999-01-01T00:00:00Z',
  '294277-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  'sip:+15551234567@example.com;user=phone',
  '+266696687',
  '1.5551E+10',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\ufeff\u200e\u202eabc',
  '\uffff\ufffe',
  '\u0001\u001b[31m',
  "'; drop table event; --",
  '\\u0000\\x00\\',
  '"}{"',
  'http://[::1]:99999/..%00',
  'https://recordings.example.com/1.mp3?k=v&amp;v=1',
  'data:audio/wav;base64,AAAA',
  'é'.repeat(3_000),
  'x'.repeat(9_000),
  '😀'.repeat(2_000),
  [],
  {},
  [[[[[[]]]]]],
  { name: 'X' },
  { $ne: null },
  ['a', ['b', { c: 1 }]],
  { __proto__x: 1, toString: 'x', constructor: { prototype: 1 } },
];

const names = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'data',
    'payload',
    'event',
    'call',
  ],
  ...[
    'Notifications',
    'items',
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x'.repeat(2_000),
    'call_instance_id',
  ],
  ...['CallInstanceId', 'api-key', 'ApiKey', 'connectionId', 'aria_test', 'é', 'id', '$1', 'sale_amount'],
];

export function awkwardValue(random: Random): unknown {
  return random.pick(awkward);
}

export function awkwardName(random: Random): string {
  return random.pick(names);
}

/** Lists or objects within each other: deeper than Aria reads, at times deeper than a naive parser survives. */
export function deepJson(random: Random): string {
  const depth = random.pick([19, 20, 21, 64, 1_000, 20_000, 100_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"data":', '}'],
    ['[{"payload":', '}]'],
  ] as const);
  return `${open.repeat(depth)}1${random.oneIn(3) ? '' : close.repeat(depth)}`;
}

/** Numbers beyond what a double, an integer column or numeric holds, as JSON text. */
export function hugeNumber(random: Random): string {
  const digits = String(1 + random.below(9)).repeat(1 + random.below(random.pick([20, 400, 140_000])));
  return random.pick([
    digits,
    `-${digits}`,
    `${digits}.${digits}`,
    `0.${digits}`,
    `1e${digits.slice(0, 9)}`,
    '1e400',
  ]);
}
