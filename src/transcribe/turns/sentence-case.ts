import type { Word } from '../../domain/transcript.ts';

/** True where an engine writes capitals only, as small models do: their case says nothing. */
export function isShouting(words: readonly Word[]): boolean {
  const text = words.map((word) => word.text).join('');
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Words of an engine without case, written as people write: lower case, `I` and the first word with a capital. */
export function toSentenceCase(words: readonly Word[]): Word[] {
  return words.map((word, index) => {
    const lower = word.text.toLowerCase();
    const capital = index === 0 || /^i('|$)/.test(lower);
    return { ...word, text: capital ? lower.charAt(0).toUpperCase() + lower.slice(1) : lower };
  });
}
