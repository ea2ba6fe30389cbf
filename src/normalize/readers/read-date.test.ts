import { expect, test } from 'vitest';
import { field, newYork, read } from '../field-under-test.ts';

const at = (local: string) => `2025-07-07T${local}.000Z`;

test.each([
  '07/07/2025 01:59:05 PM',
  '7/7/2025 1:59:05 PM',
  '7/7/2025 1:59:05PM',
  '07/07/2025 01:59:05 p.m.',
  '07/07/2025 01:59:05 pm',
  '07/07/2025 13:59:05',
  '07-07-2025 01:59:05 PM',
  '7/7/25 1:59:05 PM',
  '7/7/2025, 1:59:05 PM',
  '7/7/2025, 1:59:05\u202fPM',
  '07/07/2025 01:59:05\u00a0PM',
  '2025-07-07 13:59:05',
  '2025-07-07T13:59:05',
  '2025-07-07T13:59:05.000',
  '2025-07-07T17:59:05Z',
  '2025-07-07T17:59:05.000Z',
  '2025-07-07T13:59:05-04:00',
  '2025-07-07 13:59:05 -0400',
  '2025-07-07T17:59:05+00:00',
  '2025/07/07 01:59:05 PM',
  '07/07/2025 01:59:05 PM EDT',
  '07/07/2025 12:59:05 PM CT',
  '07/07/2025 05:59:05 PM UTC',
  'Mon, 07 Jul 2025 17:59:05 GMT',
  'Mon Jul 07 2025 13:59:05 GMT-0400 (Eastern Daylight Time)',
  'Jul 7, 2025 1:59:05 PM',
  'July 7, 2025 at 1:59:05 PM',
  '7 Jul 2025 13:59:05',
  '2025-07-07T13:59:05-04:00[America/New_York]',
  '1751911145',
  1751911145,
  '1751911145000',
  1751911145000,
  '20250707135905',
  '/Date(1751911145000-0400)/',
  '20250707135905000',
  '20250707T135905',
  '2025-07-07 13:59:05 America/New_York',
  '2025-07-07 13:59:05 EST5EDT',
  '07/07/2025 01:59:05 PM Eastern',
  '07/07/2025 12:59:05 PM Central Standard Time',
  '2025-07-07 13:59:05 -0400 EDT',
  '2025-07-07 17:59:05.000 +0000 UTC',
  '2025-07-07T13:59:05\u221204:00',
  '07-Jul-25 13:59:05',
  '7. July 2025 13:59:05',
  'Mon, 07 Jul 25 17:59:05 GMT',
  'Mon 07/07/2025 1:59:05 PM',
  '07/07/2025 @ 1:59:05 PM',
  '07/07/2025 - 01:59:05 PM',
  '2025-07-07 at 13:59:05',
  '1:59:05 PM 07/07/2025',
  '20250707 135905',
  '2025-07-07 13.59.05',
  '07/07/2025+01:59:05+PM',
  '07%2F07%2F2025+01%3A59%3A05+PM',
  '45845.582697',
])('rows 65, 66, 72, 73: date %j', (value) => {
  expect(field('call_date', value)).toEqual([at('17:59:05')]);
});

test('row 65: without seconds', () => {
  expect(field('call_date', '07/07/2025 1:59 PM')).toEqual([at('17:59:00')]);
  expect(field('call_date', '2025-07-07 01:59 PM')).toEqual([at('17:59:00')]);
  expect(field('call_date', '202507071359')).toEqual([at('17:59:00')]);
  expect(field('call_date', '7/7/2025 1 PM')).toEqual([at('17:00:00')]);
  expect(field('call_date', '7/7/2025 13')).toEqual([undefined, 'unreadable_value']);
});

test('row 67: midnight and noon', () => {
  expect(field('call_date', '07/07/2025 12:00:00 AM')).toEqual([at('04:00:00')]);
  expect(field('call_date', '07/07/2025 12:00:00 PM')).toEqual([at('16:00:00')]);
});

test('rows 68, 69: hours that no 12-hour clock shows', () => {
  expect(field('call_date', '07/07/2025 13:00:00 PM')).toEqual([at('17:00:00'), 'impossible_clock_time']);
  expect(field('call_date', '07/07/2025 00:30:00 AM')).toEqual([at('04:30:00'), 'impossible_clock_time']);
});

test.each([
  '02/30/2025 01:00:00 PM',
  '02/29/2025 01:00:00 PM',
  '04/31/2025 1:00 PM',
  '2025-02-30',
  '07/07/2025 25:00',
  '07/07/2025 01:60:00 PM',
  'yesterday',
  '07/07',
])('row 70: %j does not exist', (value) => {
  expect(field('call_date', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 71: day before month only where the connection says so', () => {
  expect(field('call_date', '13/02/2025 01:00:00 PM')).toEqual([undefined, 'unreadable_value']);
  const dayFirst = { ...newYork, dateOrder: 'day-first' } as const;
  expect(field('call_date', '13/02/2025 01:00:00 PM', dayFirst)).toEqual(['2025-02-13T18:00:00.000Z']);
  expect(field('call_date', '03/04/2025 01:00:00 PM', dayFirst)).toEqual(['2025-04-03T17:00:00.000Z']);
  expect(field('call_date', '03/04/2025 01:00:00 PM')).toEqual(['2025-03-04T18:00:00.000Z']);
});

test('row 71: a date that exists the other way round only says how to set the order', () => {
  const hint = (dateOrder: 'month-first' | 'day-first', text: string) =>
    read({ call_date: text }, { ...newYork, dateOrder }).warnings[0]?.message;
  expect(hint('month-first', '13/02/2025 1:00 PM')).toContain('set date_order to day-first');
  expect(hint('day-first', '02/13/2025 1:00 PM')).toContain('set date_order to month-first');
  expect(hint('month-first', '2025-13-02 1:00 PM')).not.toContain('date_order');
});

test('row 72: an abbreviation that means several zones is not guessed', () => {
  expect(field('call_date', '07/07/2025 01:59:05 PM IST')).toEqual([undefined, 'unreadable_value']);
  expect(field('call_date', '01/07/2025 01:59:05 PM CST')).toEqual(['2025-01-07T19:59:05.000Z']);
});

test('row 72: what the clocks of the connection are called is its own zone', () => {
  const after = new Date('2025-07-08T00:00:00Z');
  const own = (timeZone: string, zone: string) =>
    field('call_date', `2025-07-07 13:59:05 ${zone}`, { timeZone, defaultCountry: 'US' }, after);
  expect(own('Europe/London', 'BST')).toEqual([at('12:59:05')]);
  expect(own('Europe/Berlin', 'CEST')).toEqual([at('11:59:05')]);
  expect(own('Asia/Kolkata', 'IST')).toEqual([at('08:29:05')]);
  expect(own('Australia/Sydney', 'AEST')).toEqual([at('03:59:05')]);
  expect(own('Europe/London', 'IST')).toEqual([undefined, 'unreadable_value']);
});

test('row 72: the end of a day and a leap second are the next clock time', () => {
  expect(field('call_date', '2025-07-06T24:00:00')).toEqual([at('04:00:00')]);
  expect(field('call_date', '2025-07-07T16:59:60Z')).toEqual([at('17:00:00')]);
  expect(field('call_date', '2025-02-30T24:00:00')).toEqual([undefined, 'unreadable_value']);
  expect(field('call_date', '2025-07-07T24:00:01')).toEqual([undefined, 'unreadable_value']);
});

test('row 72: a date without time is midnight, with a warning', () => {
  expect(field('call_date', '07/07/2025')).toEqual([at('04:00:00'), 'date_only']);
  expect(field('call_date', '2025-07-07')).toEqual([at('04:00:00'), 'date_only']);
});

test('row 73: the zone is the connection’s', () => {
  const text = '07/07/2025 01:59:05 PM';
  const after = new Date('2025-07-08T00:00:00Z');
  const zones = {
    'America/Los_Angeles': '20:59:05',
    'Asia/Kolkata': '08:29:05',
    UTC: '13:59:05',
    'Australia/Lord_Howe': '03:29:05',
  };
  for (const [timeZone, expected] of Object.entries(zones)) {
    expect(field('call_date', text, { timeZone, defaultCountry: 'US' }, after)).toEqual([at(expected)]);
  }
});

test('row 74: a skipped local time becomes the later instant', () => {
  expect(field('call_date', '03/10/2024 02:30:00 AM')).toEqual([
    '2024-03-10T07:30:00.000Z',
    'nonexistent_local_time',
  ]);
  expect(field('call_date', '03/10/2024 01:59:59 AM')).toEqual(['2024-03-10T06:59:59.000Z']);
  expect(field('call_date', '03/10/2024 03:00:00 AM')).toEqual(['2024-03-10T07:00:00.000Z']);
});

test('row 75: a repeated local time becomes the earlier instant, unless arrival says otherwise', () => {
  const text = '11/03/2024 01:30:00 AM';
  const days = new Date('2024-11-05T00:00:00Z');
  expect(field('call_date', text, newYork, days)).toEqual([
    '2024-11-03T05:30:00.000Z',
    'ambiguous_local_time',
  ]);
  const soon = new Date('2024-11-03T05:35:00Z');
  expect(field('call_date', text, newYork, soon)).toEqual([
    '2024-11-03T05:30:00.000Z',
    'ambiguous_local_time',
  ]);
  const later = new Date('2024-11-03T06:35:00Z');
  expect(field('call_date', text, newYork, later)).toEqual([
    '2024-11-03T06:30:00.000Z',
    'ambiguous_local_time',
  ]);
});

test('row 76: a date ahead of its arrival', () => {
  expect(field('call_date', '07/07/2025 02:15:00 PM')).toEqual([at('18:15:00')]);
  expect(field('call_date', '07/07/2025 03:00:00 PM')).toEqual([at('19:00:00'), 'future_date']);
  expect(field('call_date', '07/09/2025 03:00:00 PM')).toEqual([undefined, 'future_date']);
});

test.each([
  '0001-01-01T00:00:00',
  '01/01/0001 12:00:00 AM',
  '01/01/1900 12:00:00 AM',
  '1970-01-01',
  '0',
  0,
  '01/01/1970 12:00:00 AM',
])('row 77: %j is a default, not a date', (value) => {
  expect(field('call_date', value)[0]).toBeUndefined();
  expect(field('call_date', value)).toContain('placeholder_date');
});
