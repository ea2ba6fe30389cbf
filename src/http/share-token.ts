import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The id of a link and its end, signed: `<both>.<signature>`, base64url. Nobody can guess another link's or put off
 * the end.
 */
export function signShare(secret: string, id: string, expiresAt: Date): string {
  const text = Buffer.from(JSON.stringify({ id, until: expiresAt.getTime() })).toString('base64url');
  return `${text}.${signature(secret, text)}`;
}

/** @returns the id; null where it was not signed by us or has expired */
export function readShare(secret: string, token: string, now: Date): string | null {
  const [text = '', sent = '', ...more] = token.split('.');
  const expected = Buffer.from(signature(secret, text));
  const given = Buffer.from(sent);
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const read = JSON.parse(Buffer.from(text, 'base64url').toString()) as { id?: string; until: number };
  return read.until > now.getTime() ? (read.id ?? null) : null;
}

function signature(secret: string, text: string): string {
  return createHmac('sha256', secret).update(`share\n${text}`).digest('base64url');
}
