import type { ExportColumn, ExportRows } from './export-column.ts';

const text = (id: string, heading: string): ExportColumn => ({ id, heading, kind: 'text' });

/** What the columns of an export count, as rows to be written themselves; columns that are no figures are left out. */
export function definitionRows(columns: ExportColumn[]): ExportRows {
  const rows = columns.flatMap(({ heading, definition }) => (definition ? [[heading, definition]] : []));
  async function* all() {
    yield rows;
  }
  return {
    columns: [text('column', 'Column'), text('definition', 'Definition')],
    batches: all(),
    expected: rows.length,
  };
}
