import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import type { Reading } from '../reading.ts';
import { readPhone } from './read-phone.ts';

function reading(defaultCountry: string): Reading {
  return {
    settings: { timeZone: 'UTC', defaultCountry },
    receivedAt: 0,
    field: 'caller_id',
    warnings: [],
    extra: {},
  };
}

const tenDigits = fc.stringMatching(/^[2-9]\d{9}$/).filter((digits) => digits !== '7378742833');
const spellings: ((digits: string) => string)[] = [
  (d) => d,
  (d) => `1${d}`,
  (d) => `+1${d}`,
  (d) => `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`,
  (d) => `${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6)}`,
  (d) => `+1 ${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6)}`,
];

test('the fast path for North America agrees with libphonenumber in every spelling', () => {
  fc.assert(
    fc.property(
      tenDigits,
      fc.constantFrom(...spellings),
      fc.constantFrom('US', 'CA', 'PR'),
      (digits, spell, country) => {
        const text = spell(digits);
        const expected = parsePhoneNumberFromString(text, country as 'US');
        const own = reading(country);
        expect(readPhone(text, own)).toBe(expected!.number);
        expect(own.warnings).toEqual([]);
      },
    ),
  );
});

test('a number in E.164 stays what it is, whatever the country', () => {
  fc.assert(
    fc.property(tenDigits, fc.constantFrom('US', 'GB', 'DE'), (digits, country) => {
      expect(readPhone(`+1${digits}`, reading(country))).toBe(`+1${digits}`);
    }),
  );
});
