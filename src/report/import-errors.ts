import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** A row that gave no usable event. `row` counts without the header, `line` is where it ends in the file. */
export type ImportErrorRow = { row: number; line: number; reason: string };

const pageRows = 1_000;

/** All rows in error of an import in their order, page by page, so that memory stays flat. */
export async function* readImportErrors(db: Database, importId: string): AsyncGenerator<ImportErrorRow[]> {
  let after = 0;
  for (;;) {
    const { rows } = await sql<ImportErrorRow>`
      select row_number as row, line, reason from import_error
      where import_id = ${importId} and row_number > ${after} order by row_number limit ${pageRows}`.execute(
      db,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < pageRows) return;
    after = rows.at(-1)!.row;
  }
}
