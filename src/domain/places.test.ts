import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCountry, isCurrency, isTimeZone } from './places.ts';

test('zones have a region, or are UTC', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isTimeZone(zone))).toEqual([]);
  expect(['UTC', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
  const wrong = ['+05:00', '-0500', 'CET', 'EST5EDT', 'Mars/Olympus', '', 'America/New_York\n', 'New York'];
  expect(wrong.filter(isTimeZone)).toEqual([]);
});

test('currencies and countries are those of ISO', () => {
  expect(['USD', 'EUR', 'JPY'].every(isCurrency)).toBe(true);
  expect(['XYZ', 'usd', 'US', ''].filter(isCurrency)).toEqual([]);
  expect(['US', 'GB', 'DE', 'PR'].every(isCountry)).toBe(true);
  expect(['UK', 'ZZ', 'EU', 'XX', 'us', '', 'USA'].filter(isCountry)).toEqual([]);
});

test('no text makes them throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const is of [isTimeZone, isCurrency, isCountry]) expect(typeof is(text)).toBe('boolean');
    }),
  );
});
