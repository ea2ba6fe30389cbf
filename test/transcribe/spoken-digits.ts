import fc from 'fast-check';

const units = 'zero one two three four five six seven eight nine'.split(' ');
const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Two digits as people say them: `forty two`, `four two`, `oh five`, `double three`. */
function sayPair(pair: string, style: number): string {
  const value = Number(pair);
  if (style === 1 && value >= 20)
    return `${tens[Math.floor(value / 10)]}${value % 10 ? ` ${units[value % 10]}` : ''}`;
  if (style === 1 && value >= 10) return teens[value - 10]!;
  if (style === 2 && pair[0] === pair[1]) return `double ${units[Number(pair[0])]}`;
  return [...pair].map((digit) => (digit === '0' && style === 3 ? 'oh' : units[Number(digit)])).join(' ');
}

/** Digits in a mixture of styles; `style` gives one number 0 to 3 per pair. */
export function say(digits: string, style: readonly number[]): string {
  const pairs = digits.match(/..?/g) ?? [];
  return pairs
    .map((pair, index) =>
      pair.length === 2 ? sayPair(pair, style[index % style.length]!) : units[Number(pair)]!,
    )
    .join(' ');
}

/** Digits as a recogniser may write them: `4111 1111`, `4111-1111`, words, or words with hyphens and commas. */
export const writing = fc.record({
  figures: fc.boolean(),
  separator: fc.constantFrom(' ', '-', ''),
  comma: fc.boolean(),
  style: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 9 }),
});
export type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never;

/** Groups of digits, one string per group. */
export function write(groups: readonly string[], { figures, separator, comma, style }: Writing): string[] {
  if (figures) return [groups.join(separator)];
  return groups.map((group) => say(group, style)).map((text) => (comma ? `${text},` : text));
}

/** Digits with a valid Luhn check digit. */
export const cardNumber = fc
  .tuple(
    fc.constantFrom('4', '51', '55', '6011', '34', '37'),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 }),
  )
  .map(([start, rest]) => {
    const length = /^3/.test(start) ? 15 : 16;
    const body = (start + rest.join('')).slice(0, length - 1);
    const sum = [...body].reverse().reduce((total, digit, index) => {
      const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
    return body + String((10 - (sum % 10)) % 10);
  });

export const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

/** Words of numbers or figures that are left in a text. */
export function numbersLeft(text: string): string[] {
  const words = new Set([...units, ...teens, ...tens, 'oh', 'double', 'triple']);
  return (text.toLowerCase().match(/[a-z]+|\d+/g) ?? []).filter((word) => words.has(word) || /\d/.test(word));
}
