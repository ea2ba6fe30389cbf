import { isUtf8 } from 'node:buffer';
import type { Warning } from '../domain/event.ts';
import { remember } from '../lib/remember.ts';

type Declared = { media: string; charset: string | null };

/** Media type (lower case, without parameters) and charset of a Content-Type header; tolerates malformed ones. */
export const readContentType = remember(
  (header): Declared => {
    const charset = /charset\s*=\s*["']?\s*([^\s;"',]+)/i.exec(header)?.[1]?.toLowerCase() ?? null;
    return { media: (/^[^;,]*/.exec(header)?.[0] ?? '').trim().toLowerCase(), charset };
  },
  { most: 500, longest: 200 },
);

/** Which Unicode form the first bytes betray, by byte order mark or by where the NUL bytes fall. */
function betrayedCharset(body: Buffer): string | null {
  const [a, b, c] = body;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (body.length >= 4 && body.length % 2 === 0) {
    if (a !== 0 && b === 0 && body[3] === 0) return 'utf-16le';
    if (a === 0 && b !== 0 && body[2] === 0) return 'utf-16be';
  }
  return null;
}

/**
 * The body as text: what the bytes themselves betray wins over the declared charset, which wins over UTF-8.
 * Bytes that are no text become U+FFFD, with a warning; nothing throws. A byte order mark is removed.
 */
export function decodeText(body: Buffer, contentType: string): { text: string; warnings: Warning[] } {
  const { charset } = readContentType(contentType);
  const betrayed = betrayedCharset(body);
  if (betrayed === null && (charset === null || charset === 'utf-8' || charset === 'utf8') && isUtf8(body)) {
    return { text: body.toString('utf8'), warnings: [] };
  }
  const warnings: Warning[] = [];
  let chosen = betrayed ?? charset ?? 'utf-8';
  // Declared UTF-16 whose bytes show no sign of it: a header set by hand over a UTF-8 body.
  if (betrayed === null && chosen.startsWith('utf-16') && isUtf8(body)) chosen = 'unknown';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(chosen);
  } catch {
    warnings.push({
      field: 'body',
      code: 'unknown_charset',
      message: `The charset ${JSON.stringify(charset ?? chosen).slice(0, 60)} is unknown or false; the body was read as UTF-8.`,
    });
    decoder = new TextDecoder('utf-8');
  }
  const text = decoder.decode(body);
  if (text.includes('\ufffd') && !body.includes('\ufffd')) {
    warnings.push({
      field: 'body',
      code: 'invalid_text',
      message: `Some bytes are no ${decoder.encoding} text and were replaced by U+FFFD. Send UTF-8, or declare the charset.`,
    });
  }
  return { text, warnings };
}
