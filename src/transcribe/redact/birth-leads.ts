import { type DateRun, dateParts, numericDates } from './dates.ts';
import type { ReadTurn } from './read-turn.ts';

/** A year and nothing else: `eighty nine`, `'53`, `nineteen fifty three`. */
export function isBareYear(date: DateRun): boolean {
  const isYear = /^(?:19\d\d|20[01]\d|[2-9]\d|0\d)$/.test(date.digits);
  return date.month === null && date.ordinals === 0 && isYear && date.numbers.length <= 2;
}

const bornWords = /\bborn(?: back| way back| you know| uh| um)?(?: in| on| the)*(?: year| year of)? $/;
const takesBack =
  /\b(?:no|nope|wait|sorry|actually|mean|make that|correction|rather|scratch that|should be|supposed to be|not \w+(?: \w+)?)(?: (?:no|wait|sorry|it's|its|it is|it was|that's|i'm|i was|she's|he's|in|the|year|um|uh|oh|but))* $/;
const ageWords =
  /\b(?:age|how old|years old|turn(?:ed|s|ing)?|makes (?:you|her|him)|you(?:'re|'d be| are|'ll be)(?: now)?(?: \d\d| \w+ty| \w+teen)\b)/i;

/** A year or a date right after "born in": `born in fifty three`. */
export function isBornIn(date: DateRun, turn: ReadTurn): boolean {
  return bornWords.test(before(date, turn)) && (isBareYear(date) || dateParts(date) >= 2);
}

/** A year that takes back the one before it: "eighty eight no eighty nine". */
export function takesBackYear(date: DateRun, turn: ReadTurn): boolean {
  return isBareYear(date) && takesBack.test(before(date, turn));
}

/** Whether a turn speaks of somebody's age: two digits after it are an age rather than a year. */
export function speaksOfAge(turn: ReadTurn | undefined): boolean {
  return turn !== undefined && ageWords.test(turn.text.replaceAll('’', "'"));
}

/** A whole date after somebody's age: "how old are you?" "sixty six, two two fifty nine". */
export function followsAge(date: DateRun, turn: ReadTurn, previous: ReadTurn | undefined): boolean {
  const isOfAge = speaksOfAge(previous) || /\b(?:i'm|i am|he's|she's|turned|years old)\b/i.test(turn.text);
  return date.afterAge && dateParts(date) === 3 && isOfAge;
}

/** A whole date in bare numbers, as an answer to the question for an age: "how old are you?" "two two fifty nine". */
export function answersAge(date: DateRun, turn: ReadTurn, previous: ReadTurn | undefined): boolean {
  const isAsked = /\bhow old (?:are|is) (?:you|he|she)\b|\b(?:your|his|her) age\b/i.test(
    previous?.text ?? '',
  );
  const isWhole = date.month !== null ? dateParts(date) === 3 : numericDates(date).length > 0;
  return isAsked && isWhole && (turn.pure || date.afterAge);
}

function before(date: DateRun, { tokens }: ReadTurn): string {
  const words = tokens.slice(Math.max(0, date.from - 6), date.from);
  return words.map((token) => `${token.text} `).join('');
}
