import { stringify } from 'csv-stringify/sync';
import type { Cell, Column, Table } from './table-model.ts';

/** What Excel, LibreOffice and Google Sheets take for a formula, in ASCII and full width. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** RFC 4180, UTF-8 with a byte order mark (without it, Excel garbles accents), CRLF. Unknown cells are empty. */
export function toCsv({ columns, rows }: Table): string {
  const head = columns.map((column) => column.heading);
  const body = rows.map((row) => columns.map((column, i) => safeCell(column, row[i] ?? null)));
  // the library would leave a lone line feed bare, and readers would end the row there
  return stringify([head, ...body], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/**
 * Names and URLs come from whoever sends calls, and a spreadsheet would run `=HYPERLINK(…)` in them: an
 * apostrophe keeps text that looks like a formula text (OWASP, CSV injection). Numbers such as -0.08 and phone
 * numbers such as +18185550143 are checked long before and stay as they are.
 */
function safeCell({ kind }: Column, cell: Cell): Cell {
  return kind === 'text' && typeof cell === 'string' ? guardFormula(cell) : cell;
}

/** Text that a spreadsheet takes as text. */
export function guardFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}
