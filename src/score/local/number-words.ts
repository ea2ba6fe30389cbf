const units: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const tens: Record<string, number> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const scales: Record<string, number> = {
  hundred: 100,
  thousand: 1000,
  grand: 1000,
  k: 1000,
  million: 1_000_000,
};

/** A stretch of words read as one number. `from` and `to` are word positions, `to` exclusive. */
export type NumberSpan = { from: number; to: number; value: number };

/**
 * Reads the number that starts at word `at`: "twenty two hundred" 2200, "eleven grand" 11000, "a hundred and
 * thirty five" 135, "two sixty" 260, "nine oh two" 902, "nineteen fifty five" 1955. A lone "one" is a pronoun
 * more often than a number and is left alone.
 */
export function readNumber(words: readonly string[], at: number): NumberSpan | null {
  let i = at;
  // "a buck eighty": a hundred and eighty
  const tensOfBuck = words[i] === 'buck' ? readSmall(words, i + 1) : null;
  if (tensOfBuck && tensOfBuck.value >= 10 && tensOfBuck.value < 100 && !/^\d/.test(words[i + 1]!))
    return { from: at, to: tensOfBuck.to, value: 100 + tensOfBuck.value };
  const small = readSmall(words, i);
  let total = 0;
  let current: number;
  if (small !== null) {
    current = small.value;
    i = small.to;
  } else if ((words[i] === 'a' || words[i] === 'couple') && isScale(words[i + 1]) && words[i + 1] !== 'k') {
    current = words[i] === 'couple' ? 2 : 1;
    i++;
  } else if (isScale(words[i]) && words[i] !== 'k' && words[i] !== 'grand') current = 1;
  else return null;

  let scaled = false;
  while (i < words.length) {
    const scale = scales[words[i]!];
    if (scale !== undefined) {
      if (scale === 100) current *= 100;
      else {
        total += current * scale;
        current = 0;
      }
      scaled = true;
      i++;
      continue;
    }
    const skip = words[i] === 'and' && scaled ? 1 : 0;
    const next = readSmall(words, i + skip);
    if (!next || !scaled) break;
    const room = current === 0 ? total % 1000 === 0 && total > 0 : current % 100 === 0;
    const scaleAfter = scales[words[next.to] ?? ''];
    // "a hundred and two thousand" is one number, "two hundred and two hundred" are two
    if (!room || next.value >= 100 || (skip === 1 && scaleAfter === 100)) break;
    current += next.value;
    i = next.to;
  }
  if (!scaled && small) {
    const joined = joinColloquial(words, small);
    if (joined) return { from: at, ...joined };
    if (small.value === 1 && words[at] === 'one') return null;
    // "twenty four and a half"
    if (words[i] === 'and' && words[i + 1] === 'a' && words[i + 2] === 'half')
      return { from: at, to: i + 3, value: small.value + 0.5 };
  }
  return { from: at, to: i, value: total + current };
}

/** True for one word that names a number. */
export function isNumberWord(word: string): boolean {
  return [units, tens, scales].some((names) => Object.hasOwn(names, word));
}

function isScale(word: string | undefined) {
  return word !== undefined && Object.hasOwn(scales, word);
}

function readSmall(words: readonly string[], at: number): { to: number; value: number } | null {
  const word = words[at];
  if (word === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(word)) return { to: at + 1, value: Number(word) };
  const ten = Object.hasOwn(tens, word) ? tens[word] : undefined;
  if (ten !== undefined) {
    const unit =
      words[at + 1] !== undefined && Object.hasOwn(units, words[at + 1]!) ? units[words[at + 1]!]! : 0;
    return unit > 0 && unit < 10 ? { to: at + 2, value: ten + unit } : { to: at + 1, value: ten };
  }
  return Object.hasOwn(units, word) ? { to: at + 1, value: units[word]! } : null;
}

/** Numbers said without their scale: a digit or a teen before two digits ("two sixty", "nineteen fifty five"). */
function joinColloquial(words: readonly string[], first: { to: number; value: number }) {
  const spoken = !/^\d/.test(words[first.to - 1]!);
  if (!spoken) return null;
  const oh = words[first.to] === 'oh';
  const second = readSmall(words, oh ? first.to + 1 : first.to);
  if (!second || /^\d/.test(words[second.to - 1]!)) return null;
  const { value } = first;
  const twoDigits = oh ? second.value < 10 : second.value >= 10 && second.value <= 99;
  // "thirty one five thirty one thousand" starts a second number at the five
  if (!twoDigits || isScale(words[second.to])) return null;
  if ((value >= 1 && value < 20) || value === 20) return { to: second.to, value: value * 100 + second.value };
  return null;
}
