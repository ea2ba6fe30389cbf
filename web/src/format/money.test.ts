import { expect, test } from 'vitest';
import { formatMoney } from './money.ts';

test('amounts keep every digit', () => {
  expect(formatMoney('12.5', 'USD')).toBe('$12.50');
  expect(formatMoney('0.0833', 'USD')).toBe('$0.0833');
  expect(formatMoney('-0.08', 'USD')).toBe('-$0.08');
  expect(formatMoney('90071992547409931.25', 'USD')).toBe('$90,071,992,547,409,931.25');
});

test('unknown is a dash, zero is zero', () => {
  expect(formatMoney(null, 'USD')).toBe('—');
  expect(formatMoney('0', 'USD')).toBe('$0.00');
});

test('without one currency there is no sign', () => {
  expect(formatMoney('1200', null)).toBe('1,200.00');
});
