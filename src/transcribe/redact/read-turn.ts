import type { Speaker } from '../../domain/transcript.ts';
import type { Ask } from './asks.ts';
import { type Cue, findCues, type Topic } from './cues.ts';
import type { DateRun } from './dates.ts';
import {
  type DigitRun,
  findDigitRuns,
  findIdioms,
  isHouseNumber,
  isOfMail,
  isPure,
  saysHundreds,
} from './digit-runs.ts';
import { findDates } from './find-dates.ts';
import { type CodeRun, findCodes } from './medicare-codes.ts';
import { declinesAnswer } from './refusals.ts';
import { checkWords } from './routing-numbers.ts';
import { findStalls } from './stalls.ts';
import { type Token, tokenize } from './tokens.ts';

/** A turn with everything in it that redaction looks at. */
export type ReadTurn = {
  speaker: Speaker;
  text: string;
  tokens: Token[];
  cues: Cue[];
  runs: DigitRun[];
  dates: DateRun[];
  codes: CodeRun[];
  /** Says next to nothing but numbers. */
  pure: boolean;
  speaksOfBank: boolean;
  /** Speaks of a bank, a cheque or what stands on it. */
  speaksOfChecks: boolean;
  /** Takes something back: `no wait`, `sorry`, `I mean`. */
  corrects: boolean;
  /** Declines to give what was asked for. */
  declines: boolean;
  /** Reads something back from a file: `I have you as`, `is that right`. */
  confirms: boolean;
};

const bankWords =
  /\b(?:bank|banks|routing|checking|savings|debit|draft|drafts|drafted|drafting|deposit|withdraw|ach|credit union|auto ?pay|wells fargo|chase|truist|regions|pnc|citibank|navy federal|capital one|e ?check|void(?:ed)? check)\b/i;

const confirmWords =
  /\b(?:i|we) (?:have|show|see|got) (?:you|your|it|him|her|that|a)\b|\b(?:listed|on file|verify|confirm|confirming)\b|\b(?:is that|that's|am i|if that's) (?:right|correct)\b|\bcorrect\b/i;
const correctionWords =
  /\b(?:no|wait|sorry|actually|i mean|correction|not|oops|scratch|except|should be|supposed to be|wrong)\b/i;

export function readTurn(speaker: Speaker, text: string): ReadTurn {
  const tokens = tokenize(text);
  const cues = findCues(tokens);
  const skip = findIdioms(tokens);
  for (const cue of cues) for (let i = cue.from; i < cue.to; i++) skip.add(i);
  const runs = findDigitRuns(tokens, skip);
  const dates = findDates(tokens, skip).filter(
    (date) =>
      date.month !== null || !(isHouseNumber(date, tokens) || isOfMail(date, tokens) || isSum(date, tokens)),
  );
  const codes = findCodes(tokens, skip);
  const numbers = [...runs, ...dates, ...codes];
  const pure = isPure(tokens, numbers, [...cues, ...findStalls(tokens, numbers)]) && numbers.length > 0;
  return {
    speaker,
    text,
    tokens,
    cues,
    runs,
    dates,
    codes,
    pure,
    speaksOfBank: bankWords.test(text),
    speaksOfChecks: bankWords.test(text) || checkWords.test(text),
    corrects: correctionWords.test(text),
    declines: declinesAnswer(tokens),
    confirms: confirmWords.test(text.replaceAll('’', "'")),
  };
}

/** "one hundred dollars", also where a birth date is not complete yet. */
function isSum(date: DateRun, tokens: readonly { text: string }[]): boolean {
  return /^(?:dollars?|bucks|cents?|percent|miles|pounds)$/.test(tokens[date.to]?.text ?? '');
}

/** A topic that a stretch of a turn may belong to. */
export type Candidate = {
  topic: Topic;
  weak: boolean;
  /** Turns since it was asked for. */
  since: number;
  /** Named in the same turn. */
  here: boolean;
};

const linkWords = new Set("is was that's thats for be as are it's its equals on s".split(' '));

/** What a stretch may belong to, likeliest first: named right after it, before it in the turn, or asked earlier. */
export function topicsAt(
  turn: ReadTurn,
  index: number,
  stretch: { from: number; to: number; digits?: string },
  asks: Ask[],
): Candidate[] {
  // "…eighteen eighty one. it's good through": no expiry has so many digits
  const names = ({ topic }: Cue) => topic !== 'expiry' || (stretch.digits ?? '').length <= 6;
  const after = turn.cues.find((cue) => cue.from >= stretch.to && cue.from - stretch.to <= 3 && names(cue));
  const linked =
    after && turn.tokens.slice(stretch.to, after.from + 1).some((token) => linkWords.has(token.text));
  const before = turn.cues.filter((cue) => cue.to <= stretch.from).reverse();
  const named = [...(after && linked ? [after] : []), ...before];
  return [
    ...named.map((cue) => ({ topic: cue.topic, weak: cue.weak, since: 0, here: true })),
    ...asks.map((ask) => ({ topic: ask.topic, weak: ask.weak, since: index - ask.turn, here: false })),
  ];
}

/** Digits of the turns that follow, as long as they go on with numbers; what another speaker repeats is left out. */
export function digitsAhead(turns: readonly ReadTurn[], index: number, run: DigitRun): string {
  const { speaker, cues, tokens } = turns[index]!;
  const nextCue = cues.find((cue) => cue.from >= run.to)?.from ?? tokens.length;
  const rest = turns[index]!.runs.filter(
    (other) => other.from >= run.to && other.to <= nextCue && !saysHundreds(other, tokens),
  ).map((other) => other.digits);
  const ahead: string[] = rest;
  let silent = 0;
  for (const turn of turns.slice(index + 1, index + 10)) {
    if (turn.speaker !== speaker && speaker !== 'unknown') continue;
    const digits = turn.runs
      .filter((other) => turn.pure || other.digits.length >= 4)
      .map((other) => other.digits);
    if (digits.length === 0 && (turn.tokens.length > 6 || ++silent > 3)) break;
    ahead.push(...digits);
  }
  return ahead.join('');
}

/** Letters and digits of the turns that follow `start`, as long as they hold little else. */
export function codesAhead(turns: readonly ReadTurn[], index: number, start = ''): string {
  const { speaker } = turns[index]!;
  const own = turns
    .slice(index + 1, index + 8)
    .filter((turn) => turn.speaker === speaker || speaker === 'unknown')
    .filter((turn) => turn.pure);
  let said = start;
  for (const turn of own) {
    const piece = turn.codes[0]?.code ?? turn.runs[0]?.digits ?? '';
    // where voices are not told apart, the other side repeats
    if (!said.endsWith(piece) || piece.length < 2) said += piece;
  }
  return said.slice(start.length);
}
