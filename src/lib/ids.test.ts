import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids rise in the order in which they are made, and none comes twice', () => {
  const ids = Array.from({ length: 20_000 }, () => newId('evt'));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/);
});
