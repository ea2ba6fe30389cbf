import type { SensitiveKind, Speaker } from '../../domain/transcript.ts';
import { cardLength, expiryGroups, groupAfter, partOf, type RunPart, startsWithCard } from './card-digits.ts';
import type { DigitRun } from './digit-runs.ts';
import type { Memory } from './memory.ts';

export type Judged = { kind: SensitiveKind; part: RunPart }[];

/** What the turn around a run is like. */
export type Surroundings = {
  turn: number;
  speaker: Speaker;
  /** The turn says next to nothing but numbers. */
  pure: boolean;
  /** The run names hundreds or thousands. */
  round: boolean;
  /** A month by name stands right before the run: `January 2029`. */
  ofMonth: boolean;
  /** Led to as the last digits of something: `ending in 1881`, `the last four are`. */
  ending: boolean;
  /** Spelled letters stand right before the run: `P A 4471`. */
  lettered: boolean;
  /** Written with hyphens, as only a social security number is: `925-71-4460`. */
  hyphened: boolean;
  /** A bank or a cheque was spoken of in this turn or the few before it. */
  nearBank: boolean;
  /** Letters and digits that the following turns add, as far as they hold little else. */
  codes: string;
  /** Digits that the following turns add, as far as they go on with numbers. */
  ahead: string;
};

/** Digits of a card: its number, then perhaps the expiry (kept) and the code, all in one breath. */
export function judgeCard(run: DigitRun, weak: boolean, memory: Memory, around: Surroundings): Judged {
  const heard = recent(memory, 'card_number', around.turn);
  // "the one ending 4471?" "that expired, the new one's…"
  const isEnding = heard !== undefined && heard.turn === memory.endingTurn && run.digits.length > 8;
  const given = isEnding ? '' : (heard?.digits ?? '');
  const whole = cardLength(given + run.digits);
  if (given.length >= whole) return judgeAfterCard(run, memory, around);
  if (given === '') {
    const enough = run.digits.length + around.ahead.length;
    const long = run.digits.length >= (around.pure ? 2 : 4);
    const plausible = long && enough >= (around.pure ? 12 : 14) && /^[3-6]/.test(run.digits) && !around.round;
    // first groups, read digit by digit, after which somebody broke off
    const { length } = run.digits;
    const begun = around.pure && [4, 8, 12].includes(length) && run.groups.length === length;
    if (weak && !plausible && !begun && !startsWithCard(run.digits + around.ahead)) return [];
    if (!weak && run.digits.length < 3 && !around.pure) return [];
    if (!weak && run.digits.length < 3 && enough < 8) return [];
  } else if (run.digits.length < 3 && !around.pure) return [];

  const repeated =
    heard !== undefined && !isEnding && heard.speaker !== around.speaker && heard.speaker !== 'unknown';
  const need = repeated ? run.digits.length : whole - given.length;
  const cut = groupAfter(run, need);
  const tail = judgeTail(run, cut, memory, around);
  const end = tail === null ? run.groups.length : cut;
  const part = partOf(run, 0, end);
  return [...(part ? [{ kind: 'card_number' as const, part }] : []), ...(tail ?? [])];
}

/** What follows a complete card in the same run; null when it is neither expiry nor code. */
function judgeTail(run: DigitRun, first: number, memory: Memory, around: Surroundings): Judged | null {
  if (first >= run.groups.length) return [];
  const expiry = expiryGroups(run, first);
  if (expiry > 0) memory.expiryTurn = around.turn;
  const rest = partOf(run, first + expiry);
  if (!rest) return [];
  if (rest.digits.length === 3 || rest.digits.length === 4) return [{ kind: 'card_cvv', part: rest }];
  return expiry > 0 ? [{ kind: 'card_number', part: rest }] : null;
}

/** The number is complete: an expiry stays, three or four digits are the code, more repeat the number. */
function judgeAfterCard(run: DigitRun, memory: Memory, around: Surroundings): Judged {
  const heard = recent(memory, 'card_number', around.turn);
  const everything = partOf(run, 0)!;
  const amex = cardLength(heard?.digits ?? '') === 15;
  if (run.digits.length > 8) return [{ kind: 'card_number', part: everything }];
  const expiry = expiryGroups(run, 0);
  const expiryKnown = around.turn - memory.expiryTurn <= 8 && memory.expiryTurn >= 0;
  const isCode = run.digits.length === (amex ? 4 : 3);
  if (expiry === run.groups.length && !(expiryKnown && isCode && around.pure)) {
    memory.expiryTurn = around.turn;
    return [];
  }
  if (expiry > 0) return judgeTail(run, 0, memory, around) ?? [];
  if (!around.pure) return [];
  if (isCode) return recent(memory, 'card_cvv', around.turn) ? [] : [{ kind: 'card_cvv', part: everything }];
  return run.digits.length >= 4 ? [{ kind: 'card_number', part: everything }] : [];
}

/** The code on the card, in one piece or several. A longer run is the card number again. */
export function judgeCode(
  run: DigitRun,
  weak: boolean,
  since: number,
  memory: Memory,
  around: Surroundings,
): Judged {
  const part = partOf(run, 0)!;
  const heard = recent(memory, 'card_cvv', around.turn);
  // asked for since: what was taken for the code before was none
  const isAskedAnew = heard !== undefined && !weak && around.turn - since > heard.turn;
  const given = isAskedAnew ? '' : (heard?.digits ?? '');
  const card = recent(memory, 'card_number', around.turn);
  if (weak && !card) return [];
  if (given.length >= 3) return heard?.all.includes(run.digits) ? [{ kind: 'card_cvv', part }] : [];
  const expiry = expiryGroups(run, 0);
  const afterExpiry = expiry > 0 ? partOf(run, expiry) : null;
  if (afterExpiry && /^\d{3,4}$/.test(afterExpiry.digits)) return [{ kind: 'card_cvv', part: afterExpiry }];
  if (/^\d{3,4}$/.test(run.digits)) return around.pure || since <= 3 ? [{ kind: 'card_cvv', part }] : [];
  if (run.digits.length < 3) {
    const unfinished = given.length < 3;
    return around.pure && unfinished ? [{ kind: 'card_cvv', part }] : [];
  }
  return card || run.digits.length >= 12 ? [{ kind: 'card_number', part }] : [];
}

function recent(memory: Memory, kind: SensitiveKind, turn: number) {
  const heard = memory.heard.get(kind);
  return heard && turn - heard.turn <= 8 ? heard : undefined;
}
