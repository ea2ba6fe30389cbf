import { expect, test } from 'vitest';
import { orderRows } from './breakdown-order.ts';

const row = (label: string, calls: number | null, revenue: string | null) => ({
  key: label,
  label,
  values: { calls, revenue },
  rates: {},
  known: {},
  is_new: false,
});
const rows = [row('B', 2, '9.50'), row('A', 10, null), row('C', null, '100.00')];
const labels = (sort: string, direction: 'asc' | 'desc') =>
  orderRows(rows, sort, direction).map(({ label }) => label);

test('money is ordered as a number, not as text', () => {
  expect(labels('revenue', 'desc')).toEqual(['C', 'B', 'A']);
});

test('unknown stays last in both directions', () => {
  expect(labels('calls', 'desc')).toEqual(['A', 'B', 'C']);
  expect(labels('calls', 'asc')).toEqual(['B', 'A', 'C']);
});

test('labels order by letters', () => {
  expect(labels('label', 'asc')).toEqual(['A', 'B', 'C']);
});
