import { expect, test } from 'vitest';
import { field, read } from '../field-under-test.ts';

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

test.each(['Acme%20Plumbing', 'Smith &amp; Sons', 'O&#39;Neill'])(
  'row 83: %j is kept and said to be encoded once too often',
  (value) => {
    expect(field('buyer_name', value)).toEqual([value, 'still_encoded']);
  },
);

test.each(['100% Legal', 'AT&T', 'Save 20%20 off', 'R&D;'])(
  'row 83: %j is a name like any other',
  (value) => {
    expect(field('buyer_name', value)).toEqual([value]);
  },
);

test('row 84: NUL is removed', () => {
  expect(field('buyer_name', 'A\u0000B')).toEqual(['AB', 'cleaned_text']);
  expect(read({ x: { 'k\u0000': ['a\u0000'] } }).extra).toEqual({ x: { k: ['a'] } });
});

test('row 85: half a surrogate pair is replaced', () => {
  expect(field('buyer_name', 'A\ud83d')).toEqual(['A\ufffd', 'cleaned_text']);
});

test('row 91: client_id is text, every digit kept', () => {
  expect(field('client_id', 42)).toEqual(['42']);
  expect(field('client_id', '9007199254740993')).toEqual(['9007199254740993']);
});
