import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import { type FileRow, maxRowLength } from './file-row.ts';
import { UnreadableFile } from './sniff-file.ts';

/**
 * The rows of a CSV, one by one: the first names the columns, as the platform calls them. A row with more or
 * fewer cells than the header is no data, since nobody knows which cell is missing; empty cells at its end do
 * no harm. Quotes may hold delimiters and line breaks.
 * @throws UnreadableFile where the rest cannot be told apart any more (a quote that is never closed)
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
  });
  const source = pipeline(Readable.from(text), parser);
  // the error also ends the loop below, which throws it
  source.catch(() => undefined);
  let columns: string[] | null = null;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (!columns) columns = nameColumns(record);
      else yield toRow(columns, record, ++number, info.lines);
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, number) : error;
  }
  if (!columns) throw new UnreadableFile('The file is empty.');
}

/** Of a name that comes twice the first column counts, and the others are kept beside it. */
function nameColumns(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  while (names.at(-1) === '') names.pop();
  const seen = new Set<string>();
  return names.map((given, index) => {
    let name = given || `column_${index + 1}`;
    for (let count = 2; seen.has(name); count++) name = `${given || 'column'}_${count}`;
    seen.add(name);
    return name;
  });
}

function toRow(columns: string[], cells: string[], number: number, line: number): FileRow {
  const blankTail = cells.slice(columns.length).every((cell) => cell.trim() === '');
  if (cells.length < columns.length || !blankTail) {
    const reason = `The row has ${count(cells.length, 'cell')}, the header ${count(columns.length, 'column')}.`;
    return { number, line, reason };
  }
  // from entries, so that a column called __proto__ is a column
  return { number, line, data: Object.fromEntries(columns.map((name, index) => [name, cells[index]])) };
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function unreadable(error: CsvError, rows: number): UnreadableFile {
  const after = rows === 0 ? 'in the first row' : `after row ${rows}`;
  const cause =
    error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      ? 'a quote is opened and never closed'
      : error.message;
  return new UnreadableFile(`The file cannot be read any further ${after}: ${cause}.`);
}
