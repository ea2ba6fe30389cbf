import { CsvError, parse } from 'csv-parse';
import { type FileRow, maxRowLength } from './file-row.ts';
import { UnreadableFile } from './sniff-file.ts';

/**
 * The rows of a CSV, one by one: the first names the columns, as the platform calls them. A row with more or
 * fewer cells than the header is no data, since nobody knows which cell is missing; empty cells at its end do
 * no harm. Quotes may hold delimiters and line breaks.
 * @throws UnreadableFile, once all rows before have been given, where the rest cannot be told apart any more (a
 *   quote that is never closed)
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<FileRow> {
  let records: { cells: string[]; line: number }[] = [];
  const parser = parse({
    delimiter,
    // files put together from several sources mix them
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
    // taken here rather than from the stream, which drops what it holds when it meets an error
    on_record(cells: string[], { lines }) {
      records.push({ cells, line: lines });
      return null;
    },
  });
  // told by the calls below, too
  parser.on('error', () => undefined);
  const write = (piece: string) => settled((done) => parser.write(piece, done));
  const end = () => settled((done) => parser.end(done));

  let columns: string[] | null = null;
  let number = 0;
  function take(): FileRow[] {
    const rows: FileRow[] = [];
    for (const { cells, line } of records) {
      if (columns) rows.push(toRow(columns, cells, ++number, line));
      else if (!declaresDelimiter(cells)) columns = nameColumns(cells);
    }
    records = [];
    return rows;
  }

  for await (const piece of text) {
    const error = await write(piece);
    yield* take();
    if (error) throw explain(error, number);
  }
  const error = await end();
  yield* take();
  if (error) throw explain(error, number);
  if (!columns) throw new UnreadableFile('The file is empty.');
}

/** The error that a stream's call comes back with, or null. */
function settled(call: (done: (error?: Error | null) => void) => unknown): Promise<Error | null> {
  return new Promise((resolve) => call((error) => resolve(error ?? null)));
}

/** Whether these are the cells of a line `sep=;`, which is not the header yet. */
function declaresDelimiter(cells: string[]): boolean {
  const text = cells.join('').replace(/^\ufeff/, '');
  return cells.length <= 2 && /^sep=[,;\t|]?$/i.test(text);
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

function explain(error: Error, rows: number): Error {
  if (!(error instanceof CsvError)) return error;
  const place = rows === 0 ? 'in the first row' : `after row ${rows}`;
  const cause =
    error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      ? 'a quote is opened and never closed'
      : error.message;
  return new UnreadableFile(`The file cannot be read any further ${place}: ${cause}.`);
}
