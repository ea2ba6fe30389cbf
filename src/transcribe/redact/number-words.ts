import type { Token } from './tokens.ts';

/** One number as it was said or written: `forty two`, `triple zero`, `eight ones`, `nine hundred`, `4111`, `third`. */
export type NumberGroup = {
  /** Tokens `from` (inclusive) to `to` (exclusive). */
  from: number;
  to: number;
  /** What the number adds to a string of digits: `42`, `000`, `11111111`, `900`. */
  digits: string;
  /** `third`, `3rd`: counts in dates, never in a string of digits. */
  ordinal: boolean;
};

const units = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinalUnits = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ');
const ordinalTeens =
  'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const plurals = 'zeros ones twos threes fours fives sixes sevens eights nines'.split(' ');

const unitOf = new Map<string, number>([
  ...units.map((word, value) => [word, value] as const),
  ['zeroes', 0],
  ['oh', 0],
  ['o', 0],
  ['nought', 0],
  ['niner', 9],
]);
const teenOf = new Map(teens.map((word, index) => [word, 10 + index]));
const tensOf = new Map(tens.map((word, index) => [word, 20 + 10 * index]));
tensOf.set('fourty', 40);
const ordinalOf = new Map([
  ...ordinalUnits.map((word, index) => [word, index + 1] as const),
  ...ordinalTeens.map((word, index) => [word, index + 10] as const),
  ['twentieth', 20] as const,
  ['thirtieth', 30] as const,
]);
const pluralOf = new Map([
  ...plurals.map((word, value) => [word, value] as const),
  ['zeroes', 0],
  ["oh's", 0],
  ['ohs', 0],
]);
const timesOf = new Map([
  ['double', 2],
  ['triple', 3],
  ['treble', 3],
  ['quadruple', 4],
]);

/** Words that sound like a digit and are one only between two other numbers. */
const homophoneOf = new Map([
  ['to', 2],
  ['too', 2],
  ['for', 4],
  ['fore', 4],
  ['won', 1],
  ['ate', 8],
]);

/**
 * The numbers of a text in order. Words of money and time (`$40`, `3:30`, `12.5`, `1,200`) are no groups: they
 * never belong to a card, an account or a birth date.
 */
export function findNumbers(tokens: readonly Token[], skip: ReadonlySet<number> = new Set()): NumberGroup[] {
  const groups: NumberGroup[] = [];
  let at = 0;
  while (at < tokens.length) {
    const group = skip.has(at) ? null : readNumber(tokens, at, skip);
    if (group) groups.push(group);
    at = group ? group.to : at + 1;
  }
  return withHomophones(
    groups.filter((group) => isSaidAsNumber(group, groups, tokens)),
    tokens,
  );
}

function readNumber(tokens: readonly Token[], at: number, skip: ReadonlySet<number>): NumberGroup | null {
  const word = (index: number) => (skip.has(index) ? '' : (tokens[index]?.text ?? ''));
  const group = (to: number, digits: string, ordinal = false): NumberGroup => ({
    from: at,
    to,
    digits,
    ordinal,
  });

  if (/^\d+$/.test(word(at))) return group(at + 1, word(at));
  const writtenOrdinal = /^(\d{1,2})(st|nd|rd|th)$/.exec(word(at));
  if (writtenOrdinal) return group(at + 1, writtenOrdinal[1]!, true);

  const times = timesOf.get(word(at));
  if (times) {
    const digit = unitOf.get(word(at + 1)) ?? (/^\d$/.test(word(at + 1)) ? Number(word(at + 1)) : undefined);
    return digit === undefined ? null : group(at + 2, String(digit).repeat(times));
  }

  const ordinal = ordinalOf.get(word(at));
  if (ordinal !== undefined) return group(at + 1, String(ordinal), true);
  const decade = tensOf.get(word(at));
  const ordinalUnit = ordinalOf.get(word(at + 1)) ?? 99;
  if (decade && decade <= 30 && ordinalUnit < 10) return group(at + 2, String(decade + ordinalUnit), true);

  const small = readBelowHundred(word, at);
  if (!small) return null;
  const repeated = pluralOf.get(word(small.to));
  if (repeated !== undefined && small.value >= 2 && small.value <= 16) {
    const inARow = word(small.to + 1) === 'in' && word(small.to + 2) === 'a' && word(small.to + 3) === 'row';
    return group(small.to + (inARow ? 4 : 1), String(repeated).repeat(small.value));
  }
  if (word(small.to) === 'thousand') return addRest(word, group, small.value * 1000, small.to + 1, true);
  if (word(small.to) === 'hundred') return addRest(word, group, small.value * 100, small.to + 1, false);
  return group(small.to, String(small.value));
}

type Small = { value: number; to: number };

function readBelowHundred(word: (index: number) => string, at: number): Small | null {
  const teen = teenOf.get(word(at));
  if (teen !== undefined) return { value: teen, to: at + 1 };
  const decade = tensOf.get(word(at));
  if (decade !== undefined) {
    const unit = ['oh', 'o'].includes(word(at + 1)) ? 0 : (unitOf.get(word(at + 1)) ?? 0);
    return unit > 0 ? { value: decade + unit, to: at + 2 } : { value: decade, to: at + 1 };
  }
  const unit = unitOf.get(word(at));
  return unit === undefined ? null : { value: unit, to: at + 1 };
}

/** `nine hundred (and) seventy one`, `six thousand eleven`, `two thousand and one`. */
function addRest(
  word: (index: number) => string,
  group: (to: number, digits: string) => NumberGroup,
  base: number,
  at: number,
  thousands: boolean,
): NumberGroup {
  const start = word(at) === 'and' ? at + 1 : at;
  const rest = readBelowHundred(word, start);
  if (!rest || ['oh', 'o', 'zero'].includes(word(start))) return group(at, String(base));
  if (thousands && word(rest.to) === 'hundred') {
    return addRest(word, group, base + rest.value * 100, rest.to + 1, false);
  }
  return group(rest.to, String(base + rest.value));
}

/** `oh` and `o` are digits only beside another number, or each other; alone they are an exclamation or a letter. */
function isSaidAsNumber(
  group: NumberGroup,
  groups: readonly NumberGroup[],
  tokens: readonly Token[],
): boolean {
  const single = group.to === group.from + 1;
  if (!single || !/^oh?$/.test(tokens[group.from]!.text)) return true;
  return groups.some((other) => other.to === group.from || other.from === group.to);
}

function withHomophones(groups: NumberGroup[], tokens: readonly Token[]): NumberGroup[] {
  const result: NumberGroup[] = [];
  for (const group of groups) {
    const previous = result.at(-1);
    const between = previous && group.from === previous.to + 1 ? tokens[previous.to]!.text : '';
    const digit = homophoneOf.get(between);
    // only between single spoken digits: "four two for one", not "fifty for sixty"
    if (previous && digit !== undefined && previous.digits.length === 1 && group.digits.length === 1) {
      result.push({ from: previous.to, to: group.from, digits: String(digit), ordinal: false });
    }
    result.push(group);
  }
  return result;
}
