import { expect, test } from 'vitest';
import { readShare, signShare } from './share-token.ts';

const until = new Date('2025-07-07T12:00:00Z');

test('is read until it expires', () => {
  const token = signShare('secret', 'lnk_1', until);
  expect(readShare('secret', token, new Date(until.getTime() - 1))).toBe('lnk_1');
  expect(readShare('secret', token, until)).toBeNull();
  expect(readShare('other', token, new Date(0))).toBeNull();
});

test('nothing but what was signed is read', () => {
  const [text = '', signature = ''] = signShare('secret', 'lnk_1', until).split('.');
  const later = Buffer.from(JSON.stringify({ id: 'lnk_1', until: until.getTime() * 2 })).toString(
    'base64url',
  );
  for (const token of [`${later}.${signature}`, text, `${text}.`, `${text}.${signature}.x`, '', '.', 'é.é'])
    expect(readShare('secret', token, new Date(0))).toBeNull();
});
