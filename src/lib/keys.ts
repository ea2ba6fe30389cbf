import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits behind a prefix that says what the key opens, and by which a lost key is recognised. */
export function newKey(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is stored of a key. A plain hash suffices for 256 random bits, and looking a key up by its hash leaves
 * no timing to learn from.
 */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The last characters, by which people tell keys apart. */
export function keyHint(key: string): string {
  return `…${key.slice(-4)}`;
}
