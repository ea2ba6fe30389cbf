import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileRow } from './file-row.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { sniffFile, UnreadableFile } from './sniff-file.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(rows: AsyncIterable<FileRow>): Promise<FileRow[]> {
  const found: FileRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

const dataOf = (rows: FileRow[]) => rows.map((row) => ('data' in row ? row.data : row.reason));

describe('CSV', () => {
  const csv = async (text: string, delimiter = ',') => dataOf(await all(readCsv(pieces(text, 7), delimiter)));

  test('lines may end in different ways within one file, however the text is cut', async () => {
    const text = 'a,b\r\n1,2\n3,4\r\n5,6\r7,8';
    for (let size = 1; size <= text.length; size++) {
      const rows = dataOf(await all(readCsv(pieces(text, size), ',')));
      expect(rows).toEqual(['12', '34', '56', '78'].map(([a, b]) => ({ a, b })));
    }
  });

  test('any cells come back as they were written, however the text is cut', async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', 'a"b', 'x\ny', 'x\r\ny', ' ', ',', ';', '\t'));
    const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 50 }),
        async (rows, delimiter, size) => {
          const text = stringify([['a', 'b', 'c'], ...rows], { delimiter, quoted: true });
          const expected = rows.map(([a, b, c]) => ({ a, b, c }));
          expect(dataOf(await all(readCsv(pieces(text, size), delimiter)))).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([';', ',', '\t', '|'])(
    'a first line that declares the delimiter %j is no header',
    async (mark) => {
      for (const line of [`sep=${mark}`, `"sep=${mark}"`, `SEP=${mark}`]) {
        const text = `${line}\r\na${mark}b\r\n1${mark}2\r\n`;
        const { delimiter } = sniffFile(Buffer.from(text));
        expect([delimiter, await csv(text, delimiter)]).toEqual([mark, [{ a: '1', b: '2' }]]);
      }
    },
  );

  test('names that are blank or come twice', async () => {
    expect(await csv('a,,a,__proto__,\n1,2,3,4,')).toEqual([
      Object.fromEntries([
        ['a', '1'],
        ['column_2', '2'],
        ['a_2', '3'],
        ['__proto__', '4'],
      ]),
    ]);
  });

  test('a stray quote in a cell is text', async () => {
    expect(await csv('a,b\n12" pipe,x\n')).toEqual([{ a: '12" pipe', b: 'x' }]);
  });

  test('too few or too many cells are an error of the row; empty ones at its end are none', async () => {
    expect(await csv('a,b\n1\n1,2,3\n1,2,,\n')).toEqual([
      'The row has 1 cell, the header 2 columns.',
      'The row has 3 cells, the header 2 columns.',
      { a: '1', b: '2' },
    ]);
  });

  test('a quote that stays open', async () => {
    await expect(csv('a,b\n1,2\n3,"4\n')).rejects.toThrow(/after row 1: a quote is opened and never closed/);
  });

  test('memory stays flat over 100,000 rows: rows come as they are asked for', async () => {
    let given = 0;
    async function* source() {
      yield 'a,b\n';
      for (; given < 100_000; given++) yield `${given},"x, y"\n`;
    }
    let furthestAhead = 0;
    let read = 0;
    for await (const _ of readCsv(source(), ',')) {
      read++;
      furthestAhead = Math.max(furthestAhead, given - read);
    }
    expect(read).toBe(100_000);
    expect(furthestAhead).toBeLessThan(10);
  });
});

describe('NDJSON', () => {
  test('lines, however the text is cut', async () => {
    const value = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (values, size) => {
          const text = values.map((one) => JSON.stringify(one)).join('\r\n');
          const rows = await all(readNdjson(pieces(text, size)));
          expect(rows.map(({ number }) => number)).toEqual(values.map((_, index) => index + 1));
          expect(dataOf(rows).map((row) => JSON.stringify(row))).toEqual(
            values.map((one) => JSON.stringify(one)),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a line that is far too long is skipped, not kept', async () => {
    const text = `{"a":"${'x'.repeat(3 << 20)}"}\n{"b":1}\n`;
    expect(dataOf(await all(readNdjson(pieces(text, 65_536))))).toEqual([
      'The line is longer than 1 MiB.',
      { b: 1 },
    ]);
  });
});

describe('what a file is', () => {
  test.each([
    ['a,b\n1;2;3,4', ','],
    ['"a,b,c";d;e\n', ';'],
    ['\ufeffa\tb\n', '\t'],
    ['a|b|c\n', '|'],
    ['call_instance_id\nx', ','],
  ])('%j is a CSV by %j', (text, delimiter) => {
    expect(sniffFile(Buffer.from(text))).toEqual({ encoding: 'utf-8', format: 'csv', delimiter });
  });

  test('JSON lines, and what is refused', () => {
    expect(sniffFile(Buffer.from('\n {"a":1}'))).toMatchObject({ format: 'ndjson' });
    for (const text of ['', ' \n', '[{}]', 'PK\u0003\u0004']) {
      expect(() => sniffFile(Buffer.from(text))).toThrow(UnreadableFile);
    }
    expect(() => sniffFile(Buffer.from([0x1f, 0x8b, 8]))).toThrow(/gzip/);
  });

  test('encodings, also where the beginning ends within a character', () => {
    expect(sniffFile(Buffer.from('\ufeffa,b', 'utf16le')).encoding).toBe('utf-16le');
    expect(sniffFile(Buffer.from('Zoë', 'latin1')).encoding).toBe('windows-1252');
    const long = Buffer.from(`a${'é'.repeat(40_000)}`).subarray(0, 64 * 1024);
    expect(sniffFile(long).encoding).toBe('utf-8');
  });
});
