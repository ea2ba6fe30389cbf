const numbers = new Intl.NumberFormat('en');

/** A number with its noun, in words for people: `1 call`, `12,000 calls`. */
export function countOf(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}
