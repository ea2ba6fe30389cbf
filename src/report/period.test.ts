import { expect, test } from 'vitest';
import { previousPeriod, readClosedPeriod, readPeriod } from './period.ts';

const newYork = 'America/New_York';
const edges = (p: { start: unknown; end: unknown }) => [String(p.start), String(p.end)];

test('a date is the whole local day, 23 or 25 hours long when clocks change', () => {
  const spring = readPeriod({ from: '2025-03-09', to: '2025-03-09', time_zone: newYork });
  expect(edges(spring)).toEqual(['2025-03-09T05:00:00Z', '2025-03-10T04:00:00Z']);
  const autumn = readPeriod({ from: '2025-11-02', to: '2025-11-02', time_zone: newYork });
  expect(edges(autumn)).toEqual(['2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z']);
});

test('a day whose midnight is skipped, or comes twice, begins with its first moment', () => {
  const skipped = readPeriod({ from: '2025-03-09', time_zone: 'America/Havana' });
  expect(String(skipped.start)).toBe('2025-03-09T05:00:00Z');
  const twice = readPeriod({ from: '2025-11-02', time_zone: 'America/Havana' });
  expect(String(twice.start)).toBe('2025-11-02T04:00:00Z');
});

test('instants stand for themselves; `to` is then exclusive', () => {
  const p = readPeriod({ from: '2025-07-07T00:00:00-04:00', to: '2025-07-07T05:00:00Z', time_zone: newYork });
  expect(edges(p)).toEqual(['2025-07-07T04:00:00Z', '2025-07-07T05:00:00Z']);
});

test.each([
  ['from', { from: '07/07/2025' }],
  ['from', { from: '2025-02-30' }],
  ['from', { from: '2025-07-07T10:00:00' }],
  ['from', { from: '0000-01-01' }],
  ['to', { to: '9999-12-31' }],
  ['to', { from: '2025-07-08', to: '2025-07-07' }],
  ['time_zone', { time_zone: 'Mars/Olympus' }],
  ['time_zone', { time_zone: '+05:00' }],
  ['time_zone', { time_zone: 'CET' }],
])('a wrong %s is named: %o', (field, query) => {
  expect(() => readPeriod(query)).toThrow(expect.objectContaining({ name: 'InvalidQuery', field }));
});

test('by default a report covers the last 30 days of its time zone', () => {
  const lateEvening = new Date('2025-07-08T02:00:00Z');
  const p = readClosedPeriod({ time_zone: newYork }, lateEvening);
  expect([p.from, p.to]).toEqual(['2025-06-08', '2025-07-07']);
  expect(readClosedPeriod({ to: '2025-07-08T04:00:00Z', time_zone: newYork }, lateEvening).from).toBe(
    '2025-06-08',
  );
});

test('the period before has as many days, even across a clock change', () => {
  const p = readClosedPeriod({ from: '2025-03-09', to: '2025-03-15', time_zone: newYork }, new Date(0));
  const before = previousPeriod(p);
  expect([before.from, before.to]).toEqual(['2025-03-02', '2025-03-08']);
  expect(edges(before)).toEqual(['2025-03-02T05:00:00Z', '2025-03-09T05:00:00Z']);
});

test('the period before an instant has the same length', () => {
  const p = readClosedPeriod({ from: '2025-03-09T05:00:00Z', to: '2025-03-09T06:30:00Z' }, new Date(0));
  expect(edges(previousPeriod(p))).toEqual(['2025-03-09T03:30:00Z', '2025-03-09T05:00:00Z']);
});
