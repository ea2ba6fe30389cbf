import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';
import type { Table } from './table-model.ts';

const lines = (table: Table) =>
  toCsv(table)
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
const column = (kind: 'text' | 'phone' | 'number') => ({ heading: 'Heading', kind });

test('text that a spreadsheet would run is kept text', () => {
  const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'].map((cell) => [cell]);
  const written = lines({ columns: [column('text')], rows });
  for (const line of written.slice(1)) expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
});

test('phone numbers and negative amounts stay as they are', () => {
  const table = {
    columns: [column('phone'), column('number'), column('number')],
    rows: [['+18185550143', '-0.08', -2]],
  };
  expect(lines(table)[1]).toBe('+18185550143,-0.08,-2');
});

test('unknown is empty, 0 is 0', () => {
  expect(lines({ columns: [column('number'), column('number')], rows: [[null, 0]] })[1]).toBe(',0');
});

test('commas, quotes and line breaks in a name stay in its cell', () => {
  const rows = [['a,b "c"\nd', 'x']];
  expect(toCsv({ columns: [column('text'), column('text')], rows })).toContain('"a,b ""c""\nd",x');
});

test('no text cell ever begins like a formula', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const [, ...cells] = toCsv({ columns: [column('text')], rows: [[text]] }).split('Heading\r\n');
      expect(cells.join('').replace(/^"/, '')).not.toMatch(/^[=+\-@\t]/);
    }),
  );
});
