import { createHash } from 'node:crypto';

function hexOf(slug: string): string {
  return createHash('sha256').update(slug).digest('hex');
}

/** An id like Ringba's newer ones: `RGB`, hexadecimal digits, a suffix; about 50 characters. */
export function ringbaCallId(slug: string): string {
  return `RGB${hexOf(slug).slice(0, 42).toUpperCase()}V3K01`;
}

/** A UUID of version 4's form, as TrackDrive and Retreaver use, but always the same for a slug. */
export function uuidOf(slug: string): string {
  const hex = hexOf(slug);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
