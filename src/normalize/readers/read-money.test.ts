import fc from 'fast-check';
import { expect, test } from 'vitest';
import { field } from '../field-under-test.ts';
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

test.each(['12.50 dollars', '12.50 US dollars', '$12.50 (USD)', '12.50 US$', 'USD 12.50'])(
  'row 60: the currency of %j may be said in words',
  (text) => {
    expect(field('revenue', text)).toEqual(['12.50']);
  },
);

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

test.each([
  ['12.50', '12.50'],
  ['$12.50', '12.50'],
  ['1,234.50', '1234.50'],
  ['$1,234.50', '1234.50'],
  ['1.234,50', '1234.50'],
  ['1.234.567,50', '1234567.50'],
  ['12.5 USD', '12.5'],
  ['USD 12.5', '12.5'],
  ['US$12.50', '12.50'],
  ['(12.50)', '-12.50'],
  ['($5.00)', '-5.00'],
  ['-0.08', '-0.08'],
  ['-$5', '-5'],
  ['$-5', '-5'],
  ['12,50', '12.50'],
  ['€12', '12'],
  ['12 €', '12'],
  ['1 234,50', '1234.50'],
  ["1'234.50", '1234.50'],
  ['.5', '0.5'],
  ['007.50', '7.50'],
  ['-0', '0'],
  [0, '0'],
  [450, '450'],
  [12.5, '12.5'],
])('row 60: money %j', (value, expected) => {
  expect(field('revenue', value)).toEqual([expected]);
});

test('row 60: 1,234 and 1.234 go by the country, with a warning', () => {
  const german = { timeZone: 'Europe/Berlin', defaultCountry: 'DE' };
  expect(field('revenue', '1,234')).toEqual(['1234', 'ambiguous_number']);
  expect(field('revenue', '1,234', german)).toEqual(['1.234', 'ambiguous_number']);
  expect(field('revenue', '1.234', german)).toEqual(['1234', 'ambiguous_number']);
});

test('row 61: every digit of an amount is kept', () => {
  expect(field('revenue', '12.505000')).toEqual(['12.505000']);
  expect(field('revenue', '0.123456')).toEqual(['0.123456']);
  expect(field('revenue', '12.505')[0]).toBe('12.505');
});

test.each(['NaN', 'Infinity', '1e3', '0x10', 'free', '1.2.3', '12,34,5', '--5', '$'])(
  'row 62: %j is no money',
  (value) => {
    expect(field('revenue', value)).toEqual([undefined, 'unreadable_value']);
  },
);

test('row 64: zero is a fact', () => {
  expect(field('revenue', '0')).toEqual(['0']);
  expect(field('revenue', '0.00')).toEqual(['0.00']);
});

test('row 89: counts', () => {
  expect(field('sale_count', 2.0)).toEqual(['2']);
  expect(field('sale_count', '2.0')).toEqual(['2']);
  expect(field('sale_count', '-1')).toEqual(['-1', 'inconsistent']);
  expect(field('sale_count', 'two')).toEqual([undefined, 'unreadable_value']);
  expect(field('sale_count', '1.5')).toEqual([undefined, 'unreadable_value']);
  expect(field('sale_amount', 'lots')).toEqual([undefined, 'unreadable_value']);
});

test('row 37: a number beyond a double is no amount', () => {
  expect(field('revenue', '1e400')).toEqual([undefined, 'unreadable_value']);
  expect(field('revenue', Number.POSITIVE_INFINITY)).toEqual([undefined, 'unreadable_value']);
});

test.each([
  ['€12', 'USD', ['other_currency']],
  ['12.50 EUR', 'USD', ['other_currency']],
  ['CA$12.50', 'USD', ['other_currency']],
  ['US$ 12.50', 'CAD', ['other_currency']],
  ['€12', 'EUR', []],
  ['USD 12.50', 'USD', []],
  ['US$12.50', 'USD', []],
  ['¥12', 'CNY', []],
  ['$12.50', 'CAD', []],
  ['12.50', 'EUR', []],
])('row 63: %j on a connection in %s', (text, currency, codes) => {
  const own = reading('US');
  own.settings.currency = currency;
  expect(readMoney(text, own)).toMatch(/^12(\.50)?$/);
  expect(own.warnings.map(({ code }) => code)).toEqual(codes);
});
