import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileRow } from './file-row.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { headBytes, type SniffedFile, sniffFile } from './sniff-file.ts';

/** What a file is, by its beginning. @throws UnreadableFile */
export async function inspectFile(path: string): Promise<SniffedFile> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return sniffFile(head.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * The rows of a file, read as they are asked for: memory stays flat however long it is.
 * @param onBytes told how many bytes have been read so far
 * @throws UnreadableFile
 */
export async function* readFileRows(
  path: string,
  { encoding, format, delimiter }: SniffedFile,
  onBytes: (bytes: number) => void,
): AsyncGenerator<FileRow> {
  const text = decode(path, encoding, onBytes);
  yield* format === 'csv' ? readCsv(text, delimiter) : readNdjson(text);
}

async function* decode(path: string, encoding: string, onBytes: (bytes: number) => void) {
  // takes the byte order mark off
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    onBytes(bytes);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
