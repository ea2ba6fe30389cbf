import { maskNumbers } from './describe-answer.ts';

/** The beginning of bytes as text; empty for binary data. */
export function readableText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 2_000)).toString('utf8');
  return /[\uFFFD\0]/.test(text.slice(0, 400)) ? '' : text;
}

/**
 * The first words of a text for people: markup out, white space folded, numbers of callers masked, 160 characters.
 */
export function readableWords(text: string): string {
  const words = text.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  return maskNumbers(words.replaceAll(/\s+/g, ' ').trim()).slice(0, 160);
}
