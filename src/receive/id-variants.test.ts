import { expect, test } from 'vitest';
import { idVariants } from './id-variants.ts';

test.each([
  ['{AB-1}', ['AB-1', 'ab-1', '{ab-1}']],
  ['ab-1', ['AB-1', '{AB-1}', '{ab-1}']],
  ['123', ['{123}']],
  ['[x]', ['X', 'x', '{X}', '{x}']],
  ['{}', ['{{}}']],
])('other spellings of %s', (id, variants) => {
  expect(idVariants(id).sort()).toEqual(variants);
});
