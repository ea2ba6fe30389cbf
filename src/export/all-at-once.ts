import type { ExportCell, ExportColumn, ExportRows } from './export-column.ts';

/** Rows that are all at hand already, as those of a report are, in one batch. */
export function allAtOnce(columns: ExportColumn[], rows: ExportCell[][]): ExportRows {
  async function* all() {
    yield rows;
  }
  return { columns, batches: all(), expected: rows.length };
}
