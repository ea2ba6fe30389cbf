import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { field, read } from '../field-under-test.ts';
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

const tenDigits = fc
  .stringMatching(/^[2-9]\d{9}$/)
  .filter((digits) => digits !== '7378742833' && !/^(\d)\1+$/.test(digits));
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

test.each([
  ['+15551234567', '+15551234567'],
  ['15551234567', '+15551234567'],
  [15551234567, '+15551234567'],
  ['5551234567', '+15551234567'],
  [5551234567, '+15551234567'],
  ['(555) 123-4567', '+15551234567'],
  ['555-123-4567', '+15551234567'],
  ['555.123.4567', '+15551234567'],
  ['1-555-123-4567', '+15551234567'],
  ['+1 (555) 123-4567', '+15551234567'],
  ['sip:+15551234567@pbx.example.com;user=phone', '+15551234567'],
  ['tel:+15551234567', '+15551234567'],
  ['<sip:+15551234567@10.0.0.1>', '+15551234567'],
  ['"Joe" <sip:+15551234567@10.0.0.1>', '+15551234567'],
  ['+15551234567;oli=62', '+15551234567'],
  ['++15551234567', '+15551234567'],
  ['+1_555_123_4567', '+15551234567'],
  ['="5551234567"', '+15551234567'],
  ['+44 20 7946 0958', '+442079460958'],
  ['911', '911'],
  ['40404', '40404'],
])('row 78: phone %j', (value, expected) => {
  expect(field('caller_id', value)).toEqual([expected]);
});

test('row 78: an extension is kept beside the number', () => {
  const event = read({ caller_id: '555-123-4567 x12', target_did: '866-555-1234,,#123' });
  expect(event.fields).toEqual({ caller_id: '+15551234567', target_did: '+18665551234' });
  expect(event.extra).toEqual({ caller_id_extension: '12', target_did_extension: '123' });
  expect(event.warnings).toEqual([]);
});

test.each([
  'anonymous',
  'Restricted',
  '+266696687',
  '266696687',
  'unavailable',
  'Caller ID Blocked',
  'Private Name',
  'Anonymous <sip:anonymous@anonymous.invalid>',
  'sip:anonymous@anonymous.invalid',
  '7378742833',
])('row 78: %j is a withheld caller', (value) => {
  const event = read({ caller_id: value });
  expect(event).toMatchObject({ fields: {}, extra: { caller_id_withheld: true }, warnings: [] });
});

test.each(['12', '555123456789012345', 'call me', '+'])('row 78: %j is no phone number', (value) => {
  expect(field('caller_id', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 78: the country decides about numbers without a code', () => {
  const british = { timeZone: 'Europe/London', defaultCountry: 'GB' };
  expect(field('caller_id', '020 7946 0958', british)).toEqual(['+442079460958']);
  expect(field('caller_id', '12125550123', british)).toEqual(['+12125550123', 'assumed_country']);
});

test('row 79: a number ruined by a spreadsheet', () => {
  expect(field('caller_id', '1.5551E+10')).toEqual([undefined, 'scientific_notation']);
});
