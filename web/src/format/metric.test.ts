import { expect, test } from 'vitest';
import { formatInterval, formatMetric, formatPercent, formatRate } from './metric.ts';

test('percent comes as 0..100 and is shown as it comes', () => {
  expect(formatPercent(69.23)).toBe('69.2%');
  expect(formatMetric(69.23, 'percent', null)).toBe('69.2%');
  expect(formatMetric(100, 'percent', null)).toBe('100%');
  expect(formatMetric(0.5, 'percent', null)).toBe('0.5%');
});

test('an interval is in percent like the rate that it belongs to', () => {
  expect(formatInterval({ low: 56.55, high: 100 })).toBe('56.6%–100%');
  expect(formatInterval({ low: null, high: null })).toBe('');
});

test('a rate says what it is a share of', () => {
  expect(formatRate(69.23, { unit: 'percent', denominator: 'conversations' })).toBe('69.2% of conversations');
  expect(formatRate(null, { unit: 'percent', denominator: 'conversations' })).toBeNull();
});

test('each unit reads as what it is', () => {
  expect(formatMetric(0.846, 'ratio', null)).toBe('0.85');
  expect(formatMetric(95.2, 'score', null)).toBe('95.2');
  expect(formatMetric(38.1, 'seconds', null)).toBe('0:38');
  expect(formatMetric('1150.00', 'money', 'USD')).toBe('$1,150.00');
  expect(formatMetric(1240, 'count', null)).toBe('1,240');
  expect(formatMetric(null, 'percent', null)).toBe('—');
});
