import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableJson } from './storable-json.ts';

test('NULs and half surrogate pairs become U+FFFD, in names and values', () => {
  expect(storableJson({ 'a\0': 'b\ud83d', c: ['\udc00x'] })).toBe('{"a\ufffd":"b\ufffd","c":["\ufffdx"]}');
});

test('a text that spells an escape stays', () => {
  const spelled = { text: String.raw`\u0000 \\u0000 \\\ud800` };
  expect(JSON.parse(storableJson(spelled))).toEqual(spelled);
});

test('property: what comes back is what was given, but for those characters', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('\0', '\ud800', '\udfff', '\\', 'u', '0', '"', '😀', '\u0001'),
  });
  fc.assert(
    fc.property(anyText, (text) => {
      expect(JSON.parse(storableJson([text]))).toEqual([text.replaceAll('\0', '\ufffd').toWellFormed()]);
    }),
  );
});
