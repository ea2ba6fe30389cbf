import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';
import { csvFile } from './csv-file.ts';
import type { ExportColumn } from './export-column.ts';

async function write(columns: ExportColumn[], rows: (string | number | null)[][]): Promise<string> {
  async function* batches() {
    yield rows.slice(0, 1);
    yield rows.slice(1);
  }
  let text = '';
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of csvFile({ columns, batches: batches(), expected: null }, 'UTC'))
    text += decoder.decode(piece);
  return text;
}

const cell = fc.option(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', '-', ' ', 'é', "'", ';') }),
    fc.string(),
  ),
);

test('writes what the library writes', async () => {
  const columns: ExportColumn[] = [
    { id: 'a', heading: 'A, "quoted"', kind: 'text' },
    { id: 'b', heading: 'B', kind: 'text' },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
      const expected = toCsv({ columns: columns.map(({ heading }) => ({ heading, kind: 'text' })), rows });
      expect(unquoted(await write(columns, rows))).toEqual(unquoted(expected));
    }),
    { numRuns: 300 },
  );
});

/** Cells by RFC 4180, since the two may quote where they need not. */
function unquoted(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows;
}

test('times carry the offset that their zone had', async () => {
  const columns: ExportColumn[] = [{ id: 't', heading: 'T', kind: 'instant' }];
  async function* batches() {
    yield [[Date.parse('2025-11-02T05:30:00Z')], [Date.parse('2025-11-02T06:30:00Z')], [null]];
  }
  let text = '';
  for await (const piece of csvFile({ columns, batches: batches(), expected: null }, 'America/New_York'))
    text += new TextDecoder().decode(piece);
  expect(text.split('\r\n')).toEqual(['T', '2025-11-02T01:30:00-04:00', '2025-11-02T01:30:00-05:00', '', '']);
});
