import { expect, test } from 'vitest';
import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { trendPoints } from './trend-points.ts';

const metric = { id: 'calls', label: 'Calls', unit: 'count', definition: '', denominator: null } as const;
const report = (by: 'day' | 'hour', rows: [string, number][]): BreakdownBody => ({
  by,
  from: '',
  to: '',
  time_zone: 'UTC',
  currencies: ['USD'],
  metrics: [metric],
  rows: rows.map(([key, calls]) => ({
    key,
    label: key,
    values: { calls },
    rates: {},
    known: {},
    is_new: false,
  })),
  total: {},
  total_rates: {},
  total_known: {},
  previous_total: null,
  previous_period: null,
  as: 'now',
  new_below: 100,
  answered_from: 'rollups',
});
const now = { day: '2026-11-25', hour: 14 };
const days = { from: '2026-11-20', to: '2026-11-22' };

test('days without calls are zero, not missing', () => {
  const points = trendPoints({
    by: 'day',
    days,
    report: report('day', [['2026-11-21', 5]]),
    before: undefined,
    metric,
    currency: null,
    now,
  });
  expect(points.map(({ value }) => value)).toEqual([0, 5, 0]);
});

test('a rate is unknown where there was nothing to divide by', () => {
  const rate = { ...metric, id: 'rate', unit: 'percent' } as const;
  const points = trendPoints({
    by: 'day',
    days,
    report: report('day', []),
    before: undefined,
    metric: rate,
    currency: null,
    now,
  });
  expect(points.map(({ value, text }) => [value, text])).toEqual([
    [null, '—'],
    [null, '—'],
    [null, '—'],
  ]);
});

test('the period before is laid beside it, step by step', () => {
  const points = trendPoints({
    by: 'day',
    days,
    report: report('day', []),
    before: report('day', [['2026-11-17', 7]]),
    metric,
    currency: null,
    now,
  });
  expect(points[0]?.before?.value).toBe(7);
  expect(points[1]?.before?.value).toBe(0);
});

test('hours are read with or without a leading zero', () => {
  const points = trendPoints({
    by: 'hour',
    days: { from: '2026-11-22', to: '2026-11-22' },
    report: report('hour', [['09', 3]]),
    before: undefined,
    metric,
    currency: null,
    now,
  });
  expect(points).toHaveLength(24);
  expect(points[9]?.value).toBe(3);
});

test('what is still to come is unknown, what is running says so', () => {
  const points = trendPoints({
    by: 'hour',
    days: { from: '2026-11-25', to: '2026-11-25' },
    report: report('hour', []),
    before: undefined,
    metric,
    currency: null,
    now,
  });
  expect([13, 14, 15].map((hour) => [points[hour]?.value, points[hour]?.running])).toEqual([
    [0, false],
    [0, true],
    [null, false],
  ]);
});
