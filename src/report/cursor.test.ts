import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { InvalidQuery } from './invalid-query.ts';

const position = fc.record({ at: fc.string({ unit: 'grapheme' }), id: fc.string() });

test('a position survives the way out and back', () => {
  fc.assert(
    fc.property(position, (p) => {
      expect(decodeCursor('calls', encodeCursor('calls', p))).toEqual(p);
    }),
  );
});

test('no cursor is the first page', () => {
  expect(decodeCursor('calls', undefined)).toBeNull();
  expect(decodeCursor('calls', '')).toBeNull();
});

test('any other text is refused, and names the parameter', () => {
  const good = encodeCursor('calls', { at: '2025-07-07T00:00:00.000001Z', id: 'call_1' });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.constantFrom(...'AZaz09-_!=\u0000'), (place, letter) => {
      fc.pre(good[place] !== letter);
      const damaged = good.slice(0, place) + letter + good.slice(place + 1);
      expect(() => decodeCursor('calls', damaged)).toThrow(InvalidQuery);
    }),
  );
  expect(() => decodeCursor('events', good)).toThrow(expect.objectContaining({ field: 'cursor' }));
});
