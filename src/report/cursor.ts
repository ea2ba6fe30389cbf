import { createHash } from 'node:crypto';
import { InvalidQuery } from './invalid-query.ts';

/** A position in a list: the sort key and id of the last item that was handed out. */
export type Position = { at: string; id: string };

/**
 * Positions travel as opaque text, so that callers do not build on what is inside. The checksum turns a damaged
 * or mistaken cursor into a clear error instead of a wrong page; it guards nothing secret.
 * @param list names the list, so that the cursor of one is refused by another
 */
export function encodeCursor(list: string, { at, id }: Position): string {
  const text = JSON.stringify([at, id]);
  return Buffer.from(checksum(list, text) + text).toString('base64url');
}

/** @returns null for no cursor: the first page. @throws InvalidQuery when it was not made by `encodeCursor` */
export function decodeCursor(list: string, cursor: string | undefined): Position | null {
  if (!cursor) return null;
  const decoded = Buffer.from(cursor, 'base64url');
  const sum = decoded.subarray(0, 8).toString();
  const text = decoded.subarray(8).toString();
  if (decoded.toString('base64url') !== cursor || sum !== checksum(list, text)) {
    throw new InvalidQuery(
      'cursor',
      'The cursor is not one of this list. Pass `next` of the page before, unchanged.',
    );
  }
  const [at, id] = JSON.parse(text) as [string, string];
  return { at, id };
}

function checksum(list: string, text: string): string {
  return createHash('sha256').update(`${list}\n${text}`).digest('hex').slice(0, 8);
}
