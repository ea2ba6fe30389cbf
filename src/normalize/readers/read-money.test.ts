import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading } from '../reading.ts';
import { readMoney } from './read-money.ts';

function reading(defaultCountry: string): Reading {
  return {
    settings: { timeZone: 'UTC', defaultCountry },
    receivedAt: 0,
    field: 'revenue',
    warnings: [],
    extra: {},
  };
}

/** Cents as an exact decimal, by integer arithmetic only. */
function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

const ways: ((cents: number) => string)[] = [
  decimal,
  (c) => `$${decimal(c)}`,
  (c) => `${decimal(c)} USD`,
  (c) => new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 }).format(c / 100),
  (c) => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(c / 100),
  (c) => new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(c / 100),
  (c) => new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(c / 100),
  (c) => new Intl.NumberFormat('de-CH', { style: 'currency', currency: 'CHF' }).format(c / 100),
  (c) => new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' }).format(c / 100),
  (c) => new Intl.NumberFormat('en-CA', { style: 'currency', currency: 'USD' }).format(c / 100),
];

test('whatever locale formats an amount, it is read back to the cent', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999_999 }),
      fc.constantFrom(...ways),
      fc.constantFrom('US', 'DE'),
      (cents, format, country) => {
        const own = reading(country);
        expect([format(cents), readMoney(format(cents), own)]).toEqual([format(cents), decimal(cents)]);
        expect(own.warnings).toEqual([]);
      },
    ),
  );
});

test('a negative amount is the same amount below zero', () => {
  for (const text of [
    '-12.50',
    '(12.50)',
    '$(12.50)',
    '-$12.50',
    '12.50-',
    '−12.50',
    '12.50- USD',
    '(12.50) USD',
    '($12.50)',
  ]) {
    expect([text, readMoney(text, reading('US'))]).toEqual([text, '-12.50']);
  }
});
