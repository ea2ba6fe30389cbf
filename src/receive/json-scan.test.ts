import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from './json-scan.ts';
import { walkJson } from './json-walk.ts';
import { countKeys } from './parse-json.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('names and depth are counted as JSON.parse sees them', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(scanJson(text)).toMatchObject({ keys: countKeys(value), depth: depthOf(value) });
    }),
  );
});

test.each([
  ['{"a":123456789012345}', false],
  ['{"a":1234567890123456}', true],
  ['{"a":-1.5}', false],
  ['{"a":1e5}', true],
  ['["1234567890123456789"]', false],
  ['[0.1234567890123456]', true],
])('numbers that need a closer look: %s', (text, longNumber) => {
  expect(scanJson(text).longNumber).toBe(longNumber);
});

test('the strict walk finds a fault exactly where JSON.parse refuses', () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', ',', ':', '{', ']', "'", '\\', '\n', '0', '-', 'e', 'n'),
      fc.boolean(),
    )
    .map(([text, at, char, cut]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + char + text.slice(cut ? place + 1 : place);
    });
  fc.assert(
    fc.property(damaged, (text) => {
      let refused = false;
      try {
        JSON.parse(text);
      } catch {
        refused = true;
      }
      expect(walkJson(text).fault !== null).toBe(refused);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test('names given twice in one object are told apart from names in different ones', () => {
  expect(walkJson('{"a":1,"b":{"a":2},"a":1}').duplicates).toEqual([{ key: 'a', same: true }]);
  expect(walkJson('[{"a":1},{"a":2}]').duplicates).toEqual([]);
  expect(walkJson('{"a":[1],"\\u0061":[2]}').duplicates).toEqual([{ key: 'a', same: false }]);
});
