import type { Cell, Column, Table } from './table-model.ts';

/** Unknown, as everywhere in Aria. */
const unknown = '—';

/** An aligned table for the terminal: numbers to the right, text to the left, two spaces between. */
export function toTextTable({ columns, rows }: Table): string {
  const head = columns.map((column) => column.heading);
  const body = rows.map((row) => columns.map((_, i) => printable(row[i] ?? null)));
  const widths = columns.map((_, i) => Math.max(...[head, ...body].map((row) => width(row[i] ?? ''))));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => pad(cell, widths[i]!, columns[i]!))
      .join('  ')
      .trimEnd();
  const rule = widths.map((w) => '─'.repeat(w)).join('  ');
  return [line(head), rule, ...body.map(line)].join('\n');
}

function pad(cell: string, to: number, { kind }: Column): string {
  const blank = ' '.repeat(to - width(cell));
  return kind === 'number' ? blank + cell : cell + blank;
}

/** Control characters in a sender's names could rewrite the terminal; none is shown. */
function printable(cell: Cell): string {
  return cell === null ? unknown : String(cell).replace(/\p{C}/gu, '');
}

function width(text: string): number {
  return [...text].length;
}
