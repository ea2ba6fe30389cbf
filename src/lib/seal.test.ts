import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = randomBytes(32);

test('what was sealed opens under the same key and context', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, context) => {
      expect(unseal(key, seal(key, secret, context), context)).toBe(secret);
    }),
  );
});

test('neither another key nor another context opens it, and no changed byte goes unnoticed', () => {
  const sealed = seal(key, 'tk_9f', 'con_1 m.example');
  expect(() => unseal(randomBytes(32), sealed, 'con_1 m.example')).toThrow();
  expect(() => unseal(key, sealed, 'con_1 evil.example')).toThrow();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(() => unseal(key, changed, 'con_1 m.example')).toThrow();
  }
});

test('the same secret is never written the same way twice, nor readable', () => {
  const [one, two] = [seal(key, 'tk_9f', 'a'), seal(key, 'tk_9f', 'a')];
  expect(one.equals(two)).toBe(false);
  expect(one.includes('tk_9f')).toBe(false);
});
