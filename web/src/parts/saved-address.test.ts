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

test('from the first call on is all time', () => {
  expect(savedAddress('changes', { from: 'first', time_zone: 'UTC' })).toBe('/changes?period=all');
  expect(savedAddress('calls', { from: 'first', to: '2025-07-07' })).toBe(
    '/calls?from=1970-01-01&to=2025-07-07&period=custom',
  );
});

test.each([
  ['changes', { field: 'revenue', period: '7d' }, '/changes?field=revenue&period=7d'],
  ['coverage', { period: '7d' }, '/traffic?period=7d'],
  [
    'unscored_calls',
    { stage: 'recording', code: 'fetch.gone', from: '2025-07-01', to: '2025-07-02' },
    '/traffic?stage=recording&code=fetch.gone&from=2025-07-01&to=2025-07-02&period=custom',
  ],
  ['threshold_clustering', { period: 'month' }, '/traffic?tab=threshold&period=month'],
  ['repeat_callers', { time_zone: 'UTC' }, '/traffic?tab=repeat'],
  [
    'threshold_clustering',
    { within: '10', buyer_name: 'Acme' },
    '/traffic?tab=threshold&within=10&buyer_name=Acme',
  ],
  ['silent_sources', { show: 'all' }, '/traffic?tab=silent&show=all'],
  ['silent_sources', {}, '/traffic?tab=silent&show=silent'],
] as const)('%s leads to its page, and to its tab there', (kind, query, address) => {
  expect(savedAddress(kind, query)).toBe(address);
});
