import { expect, test } from 'vitest';
import { findZone } from './time-zone-drift.ts';

const july = new Date('2025-07-07T12:00:00Z');
const drift = (median: number, spread = 60, events = 100) => ({
  events,
  low: median - spread,
  median,
  high: median + spread,
});

test.each([
  ['America/New_York', 3_600, 'America/Chicago'],
  ['America/New_York', 3_640, 'America/Chicago'],
  ['America/New_York', 10_800, 'America/Los_Angeles'],
  ['America/New_York', -14_400, 'UTC'],
  ['UTC', 14_400, 'America/New_York'],
  ['Europe/London', -16_200, 'Asia/Kolkata'],
])('%s with a drift of %i s is %s', (zone, seconds, suggested) => {
  expect(findZone(drift(seconds), zone, july)).toMatchObject({ verdict: 'shifted', suggested });
});

test('a zone as it is in winter', () => {
  expect(findZone(drift(3_600), 'America/New_York', new Date('2025-01-07T12:00:00Z'))).toMatchObject({
    suggested: 'America/Chicago',
  });
});

test('small differences are none; scattered or odd ones are late events; few events say nothing', () => {
  expect(findZone(drift(600), 'UTC', july).verdict).toBe('good');
  expect(findZone(drift(-300), 'UTC', july).verdict).toBe('good');
  expect(findZone(drift(3_600, 1_800), 'UTC', july).verdict).toBe('late');
  expect(findZone(drift(2_500), 'UTC', july).verdict).toBe('late');
  expect(findZone(drift(200_000 - (200_000 % 1_800)), 'UTC', july).verdict).toBe('late');
  expect(findZone(drift(3_600, 60, 9), 'UTC', july).verdict).toBe('unknown');
  expect(findZone({ events: 0, low: null, median: null, high: null }, 'UTC', july).verdict).toBe('unknown');
});
