import { toCsv } from './csv.ts';
import type { Cell, Column } from './table-model.ts';

/** The same CSV as `toCsv`, piece by piece: the header with the first piece, and alone where there are no rows. */
export async function* toCsvStream(
  columns: Column[],
  pages: AsyncIterable<Cell[][]>,
): AsyncGenerator<string> {
  yield toCsv({ columns, rows: [] });
  for await (const rows of pages) {
    const text = toCsv({ columns, rows });
    // the header was sent already
    yield text.slice(toCsv({ columns, rows: [] }).length);
  }
}
