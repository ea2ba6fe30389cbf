import { expect, test } from 'vitest';
import { savedAddress } from './saved-address.ts';

test('leads to the page with its filters', () => {
  const query = { period: '7d', publisher_name: 'A & B', time_zone: 'UTC' };
  expect(savedAddress('calls', query)).toBe('/calls?period=7d&publisher_name=A+%26+B');
  expect(savedAddress('disagreements', {})).toBe('/disagreements');
});

test('days without a period are a custom one', () => {
  expect(savedAddress('search', { q: 'roof', from: '2025-07-01', to: '2025-07-07' })).toBe(
    '/search?q=roof&from=2025-07-01&to=2025-07-07&period=custom',
  );
});
