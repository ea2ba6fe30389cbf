import { type ExportColumn, type ExportRows, textColumn } from './export-column.ts';

/** What the columns of an export count, as rows to be written themselves; columns that are no figures are left out. */
export function definitionRows(columns: ExportColumn[]): ExportRows {
  const rows = columns.flatMap(({ heading, definition }) => (definition ? [[heading, definition]] : []));
  async function* all() {
    yield rows;
  }
  return {
    columns: [textColumn('column', 'Column'), textColumn('definition', 'Definition')],
    batches: all(),
    expected: rows.length,
  };
}
