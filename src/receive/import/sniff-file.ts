import { isUtf8 } from 'node:buffer';

export type FileFormat = 'csv' | 'ndjson';

/** How the bytes of a file are to be read. */
export type SniffedFile = {
  /** As TextDecoder names it. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  format: FileFormat;
  /** Between the cells of a CSV. */
  delimiter: string;
};

/** A file that cannot be imported at all, or not beyond a place; in words for people. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/** This many bytes of the beginning tell enough. */
export const headBytes = 64 * 1024;

const delimiters = [',', ';', '\t', '|'];

/**
 * What a file is, by its first bytes; its name is not believed.
 * @throws UnreadableFile for what is neither CSV nor one JSON object a line
 */
export function sniffFile(head: Buffer): SniffedFile {
  const encoding = sniffEncoding(head);
  const text = new TextDecoder(encoding).decode(head);
  const start = text.trimStart();
  if (start === '') throw new UnreadableFile('The file is empty.');
  if (start.startsWith('[')) {
    throw new UnreadableFile('The file is a JSON array. Write one object a line instead (NDJSON).');
  }
  if (start.startsWith('PK\u0003\u0004') || head.subarray(0, 2).toString('latin1') === 'PK') {
    throw new UnreadableFile('The file is a spreadsheet or an archive. Save the sheet as CSV first.');
  }
  if (head[0] === 0x1f && head[1] === 0x8b) {
    throw new UnreadableFile('The file is compressed (gzip). Unpack it first.');
  }
  if (start.startsWith('{')) return { encoding, format: 'ndjson', delimiter: '' };
  return { encoding, format: 'csv', delimiter: sniffDelimiter(text) };
}

function sniffEncoding(head: Buffer): SniffedFile['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // the beginning may end within a character of up to four bytes
  const whole = head.length < headBytes ? head : head.subarray(0, lastBoundary(head));
  // what is no UTF-8 comes from a spreadsheet of Windows
  return isUtf8(whole) ? 'utf-8' : 'windows-1252';
}

/** Where the last character begins, so that it is cut off whole. */
function lastBoundary(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at > bytes.length - 4 && (bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}

/** `sep=;`, a first line by which spreadsheets are told the delimiter. */
const separatorLine = /^"?sep=([,;\t|])"?$/i;

/** The delimiter that the file declares, or else the one that stands most often in the header, outside quotes. */
function sniffDelimiter(text: string): string {
  const line = /^[^\r\n]*/.exec(text.replace(/^\ufeff/, '').replace(/^[\r\n]+/, ''))?.[0] ?? '';
  const declared = separatorLine.exec(line)?.[1];
  if (declared !== undefined) return declared;
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}
