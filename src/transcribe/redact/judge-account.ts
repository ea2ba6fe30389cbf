import { partOf } from './card-digits.ts';
import type { DigitRun } from './digit-runs.ts';
import type { Judged, Surroundings } from './judge-card.ts';
import { type Memory, nearlyRepeats, repeats, repeatsEdge } from './memory.ts';

/** Digits of a social security number: nine in any grouping, or the last four. `since` counts turns since the question. */
export function judgeSsn(
  run: DigitRun,
  weak: boolean,
  since: number,
  memory: Memory,
  around: Surroundings,
): Judged {
  const heard = memory.heard.get('ssn');
  // asked for again since, of somebody else: "social for her?"
  const another = heard !== undefined && around.turn - since > heard.turn && since <= 2;
  const given = heard && !another && around.turn - heard.turn <= 8 ? heard.digits : '';
  const { length } = run.digits;
  if (weak && length !== 9 && !(around.pure && length >= 3 && isSpelled(run))) return [];
  const part = partOf(run, 0)!;
  const accepted = [{ kind: 'ssn' as const, part }];
  if (isSpelled(run) && repeatsEdge(memory, 'ssn', run.digits, around.turn)) return accepted;
  if (isAside(run, 'ssn', since, memory, around)) return [];
  if (nearlyRepeats(memory, 'ssn', run.digits)) return accepted;
  if (length >= 10 && given === '' && !around.pure) return [];
  // "was that nine one seven six?" "seven six"
  const corrected = heard !== undefined && around.turn - heard.turn <= 1 && length === 2;
  if (given.length >= 9) return (length >= 3 || corrected) && around.pure ? accepted : [];
  const goesOn = heard?.turn === around.turn && length === 2 && given.length === 3;
  if (memory.lastFour && given.length >= 4 && (length === 3 || length > 4) && length !== 9) return [];
  // the last four were asked for and given: "make it eleven thirty"
  if (given.length === 4 && !around.pure) return [];
  if (given !== '') return length >= 3 || around.pure || goesOn ? accepted : [];
  if (length >= 7) return accepted;
  if (length >= 3) return around.pure || since <= 4 ? accepted : [];
  return length === 2 && around.pure && since <= 4 ? accepted : [];
}

/** A routing number and the shortest of accounts. */
const wholeBank = 9 + 5;

/** "ninety one sixteen": how prices are said. */
function isPaired({ groups }: DigitRun): boolean {
  return groups.length === 2 && groups.every(({ digits }) => /^[1-9]\d$/.test(digits));
}

/** Digits of a bank account or a routing number; how many an account has is the bank's choice (4 to 17). */
export function judgeBank(
  run: DigitRun,
  weak: boolean,
  since: number,
  memory: Memory,
  around: Surroundings,
): Judged {
  const heard = memory.heard.get('bank_account');
  const given = heard !== undefined && around.turn - heard.turn <= 6;
  const { length } = run.digits;
  const accepted = [{ kind: 'bank_account' as const, part: partOf(run, 0)! }];
  if (isSpelled(run) && repeatsEdge(memory, 'bank_account', run.digits, around.turn)) return accepted;
  if (isAside(run, 'bank_account', since, memory, around)) return [];
  const digitByDigit = isSpelled(run);
  if (weak && !given)
    return length >= 7 ||
      (length >= 6 && digitByDigit && since <= 2) ||
      (length >= 4 && digitByDigit && around.pure && since <= 3)
      ? accepted
      : [];
  if (length >= 6) return accepted;
  const isWhole = given && heard.digits.length >= wholeBank && around.turn - since <= heard.turn;
  if (isWhole && isPaired(run) && !repeats(memory, 'bank_account', run.digits)) return [];
  if (length >= 4) return around.pure || since <= 4 ? accepted : [];
  if (heard?.turn === around.turn && digitByDigit && length >= 2) return accepted;
  if (given) return around.pure && (length >= 2 || since <= 2) ? accepted : [];
  const goesOn = length === 3 || (length === 2 && around.ahead.length >= 4);
  return goesOn && around.pure && digitByDigit && since <= 2 ? accepted : [];
}

/** An answer was given, and somebody else now says a number among other words: it is only a repetition, or none. */
function isAside(
  run: DigitRun,
  kind: 'ssn' | 'bank_account',
  since: number,
  memory: Memory,
  around: Surroundings,
): boolean {
  const heard = memory.heard.get(kind);
  if (!heard || around.pure || around.turn - heard.turn > 8) return false;
  // asked again since: "and the account?"
  if (around.turn - since > heard.turn && since <= 2) return false;
  if (heard.turn === around.turn && heard.speaker === 'unknown') return false;
  const sameSpeaker = heard.speaker === around.speaker && heard.speaker !== 'unknown';
  // "to six nine four" was heard of it: "two six nine four okay and the bills?"
  const isFuller = heard.digits.length === 3 && run.digits.length === 4 && run.digits.includes(heard.digits);
  const again = isFuller || repeats(memory, kind, run.digits) || nearlyRepeats(memory, kind, run.digits);
  return !sameSpeaker && run.digits.length < 7 && !again;
}

/** Said digit by digit (or as zeros at once), as people say numbers that stand for something, not amounts. */
function isSpelled(run: DigitRun): boolean {
  return run.groups.every((group) => group.digits.length === 1 || group.digits.startsWith('0'));
}
