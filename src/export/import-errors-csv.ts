import type { ImportErrorRow } from '../report/import-errors.ts';
import { toCsvStream } from './csv-stream.ts';
import type { Cell, Column } from './table-model.ts';

const columns: Column[] = [
  { heading: 'row', kind: 'number' },
  { heading: 'line', kind: 'number' },
  { heading: 'reason', kind: 'text' },
];

/** The rows of a file that could not be imported, and why: what `calls.csv.errors.csv` holds. */
export function importErrorsCsv(pages: AsyncIterable<ImportErrorRow[]>): AsyncGenerator<string> {
  return toCsvStream(columns, cells(pages));
}

async function* cells(pages: AsyncIterable<ImportErrorRow[]>): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.map(({ row, line, reason }) => [row, line, reason]);
}
