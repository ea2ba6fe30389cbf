import { cardLength, partOf, type RunPart, startsWithCard } from './card-digits.ts';
import type { DigitRun } from './digit-runs.ts';
import { judgeBank, judgeSsn } from './judge-account.ts';
import { type Judged, judgeCard, judgeCode, type Surroundings } from './judge-card.ts';
import { beginsMedicareId, isMedicareId } from './medicare-codes.ts';
import { type Heard, type Memory, repeats } from './memory.ts';
import { repeatsIdEnd } from './read-backs.ts';
import type { Candidate } from './read-turn.ts';
import { isRoutingNumber } from './routing-numbers.ts';

/** What a run of digits is, by what was asked for or announced before it (`candidates`, likeliest first) and its shape. */
export function judgeRun(
  run: DigitRun,
  candidates: Candidate[],
  memory: Memory,
  around: Surroundings,
): Judged {
  const everything = partOf(run, 0)!;
  if (around.ofMonth && run.digits.length <= 4) {
    memory.expiryTurn = around.turn;
    return [];
  }
  if (memory.spelledIds.has(`${around.turn}:${run.from}`)) {
    return [{ kind: 'medicare_id', part: everything }];
  }
  if (around.hyphened) return [{ kind: 'ssn', part: everything }];
  if (memory.harmless.some((known) => known.includes(run.digits) && run.digits.length >= 6)) return [];
  if (run.digits.length >= 13 && startsWithCard(run.digits)) return judgeCard(run, false, memory, around);
  if (candidates[0]?.topic === 'expiry' && /^[3-6]\d{12,18}$/.test(run.digits)) {
    return judgeCard(run, false, memory, around);
  }
  const isPhone = isHarmlessAsk(candidates[0]) && candidates[0].here;
  if (!isPhone && repeatsIdEnd(run.digits, around, memory))
    return [{ kind: 'medicare_id', part: everything }];
  const ended = around.ending ? kindOfEnding(run, candidates, memory, around) : null;
  if (ended) {
    memory.endingTurn = around.turn;
    return [{ kind: ended, part: everything }];
  }
  for (const candidate of candidates) {
    if (isHarmless(candidate, run)) {
      const known = wholeAgain(run.digits, memory);
      if (known) return [{ kind: known, part: everything }];
      memory.harmless.push(run.digits);
      return [];
    }
    if (isOwed(candidate, candidates) && run.digits.length <= 6) continue;
    const judged = judgeFor(candidate, run, memory, around);
    if (judged.length > 0) return judged;
    // what is named in the same breath is settled by it
    if (candidate.here && !candidate.weak) break;
  }
  const card = memory.heard.get('card_number');
  if (
    card &&
    around.turn - card.turn <= 4 &&
    !isOfOther(run, candidates[0], card, memory, around) &&
    !(candidates[0]?.here && !candidates[0].weak)
  ) {
    const judged = judgeCard(run, false, memory, around);
    if (judged.length > 0) return judged;
  }
  if (candidates[0]?.here && !candidates[0].weak) return [];
  const begun = memory.heard.get('medicare_id');
  const goesOn = begun && around.turn - begun.turn <= 2 && beginsMedicareId(begun.digits + run.digits);
  if (goesOn && around.pure) return [{ kind: 'medicare_id', part: everything }];
  return judgeByShape(run, everything, memory, around);
}

/** A card that is only named in a question for something else: "how much do you owe on the Discover?". */
function isOwed({ topic, weak, since }: Candidate, candidates: readonly Candidate[]): boolean {
  if (topic !== 'card_number' || !weak) return false;
  return candidates.some((other) => isHarmlessAsk(other) && other.since === since && !other.here);
}

/** The card is whole, and another number was asked for since: "the code that I texted you?". */
function isOfOther(
  run: DigitRun,
  nearest: Candidate | undefined,
  card: Heard,
  memory: Memory,
  around: Surroundings,
): boolean {
  if (!isHarmlessAsk(nearest) || around.turn - nearest.since <= card.turn) return false;
  return card.digits.length >= cardLength(card.digits) && !repeats(memory, 'card_number', run.digits);
}

function isHarmlessAsk(candidate: Candidate | undefined): candidate is Candidate {
  return candidate !== undefined && !candidate.weak && ['phone', 'zip', 'other'].includes(candidate.topic);
}

/** "the one ending 0004": of what was asked for, or said, last. */
function kindOfEnding(run: DigitRun, candidates: Candidate[], memory: Memory, around: Surroundings) {
  if (run.digits.length < 3 || run.digits.length > 5) return null;
  // "born the first of April, her last four is": a birth date has no last four
  const [nearest] = candidates.filter(({ topic }) => topic !== 'date_of_birth');
  if (nearest?.here && !kindsWithEndings.some((kind) => kind === nearest.topic)) return null;
  const recent = candidates
    .filter(({ topic, since }) => since <= 4 && topic !== 'date_of_birth')
    .sort((a, b) => a.since - b.since);
  const asked = kindsWithEndings.find((kind) => recent[0]?.topic === kind);
  // "I have your phone as…" "mine ends in 0182"
  if (isHarmlessAsk(recent[0]) && recent[0].since <= 2) return null;
  const said = kindsWithEndings.find((kind) => around.turn - (memory.heard.get(kind)?.turn ?? -99) <= 4);
  return asked ?? said ?? null;
}

/** "that's the check number, so 60041827": the whole of what was removed before stays removed. */
function wholeAgain(digits: string, memory: Memory) {
  if (digits.length < 7 || memory.harmless.includes(digits)) return undefined;
  return kindsWithEndings.find((kind) => repeats(memory, kind, digits));
}

const kindsWithEndings = ['card_number', 'bank_account', 'ssn'] as const;

function isHarmless({ topic, here }: Candidate, run: DigitRun): boolean {
  const { length } = run.digits;
  if (topic === 'phone') return here || length === 7 || length === 10 || length === 11;
  if (topic === 'zip') return here || length === 5 || length === 9;
  return topic === 'other' && here;
}

function judgeFor(candidate: Candidate, run: DigitRun, memory: Memory, around: Surroundings): Judged {
  const { topic, weak, since } = candidate;
  if (topic === 'card_number') return judgeCard(run, weak, memory, around);
  if (topic === 'card_cvv') return judgeCode(run, weak, since, memory, around);
  if (topic === 'ssn') return judgeSsn(run, weak, since, memory, around);
  if (topic === 'bank_account') return judgeBank(run, weak, since, memory, around);
  if (topic === 'expiry') return judgeAfterExpiry(run, memory, around);
  if (topic === 'medicare_id') return judgeMedicareRest(run, memory, around);
  return [];
}

/** The expiry itself stays; what is said with it may be the code. */
function judgeAfterExpiry(run: DigitRun, memory: Memory, around: Surroundings): Judged {
  memory.expiryTurn = around.turn;
  return run.digits.length > 4
    ? judgeCode(run, false, 0, memory, around).filter(({ part }) => part.from > run.from)
    : [];
}

/** "and part a?" "oh eight oh one twenty fifteen": no id has so many digits in a row. */
const lateDate = /^(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])20[0-3]\d$/;

/** Digits alone belong to a Medicare id where some of it was heard and some is missing. */
function judgeMedicareRest(run: DigitRun, memory: Memory, around: Surroundings): Judged {
  const heard = memory.heard.get('medicare_id');
  if (isMedicareId((run.digits + around.codes).slice(0, 11)))
    return [{ kind: 'medicare_id', part: partOf(run, 0)! }];
  if (lateDate.test(run.digits)) return [];
  const going = heard && heard.digits.length < 11 && around.turn - heard.turn <= 4 && around.pure;
  return going || (run.digits.length >= 9 && around.pure)
    ? [{ kind: 'medicare_id', part: partOf(run, 0)! }]
    : [];
}

/** Without a question: repetitions, a card that begins in this turn, a routing number and a written social security number. */
function judgeByShape(run: DigitRun, everything: RunPart, memory: Memory, around: Surroundings): Judged {
  const known = (['card_number', 'ssn', 'bank_account'] as const).find((kind) =>
    repeats(memory, kind, run.digits),
  );
  if (known) return [{ kind: known, part: everything }];
  const code = memory.heard.get('card_cvv');
  if (
    code &&
    [code.digits, ...code.all].includes(run.digits) &&
    run.digits.length >= 3 &&
    around.turn - code.turn <= 3
  )
    return [{ kind: 'card_cvv', part: everything }];
  // cards are read in fours, or sixes and fives: other lengths pass the check together with what follows by chance
  const isGroup = [4, 6, 8, 12].includes(run.digits.length);
  if (around.pure && isGroup && startsWithCard(run.digits + around.ahead)) {
    return judgeCard(run, false, memory, around);
  }
  // so many digits are nothing else, even where one of them was misheard
  if (/^[3-6]\d{12,19}$/.test(run.digits) && !around.lettered) return judgeCard(run, false, memory, around);
  if (around.nearBank && isRoutingNumber(run.digits)) return [{ kind: 'bank_account', part: everything }];
  const written = run.groups.map((group) => group.digits.length).join('-') === '3-2-4';
  const figures = run.groups.every((group) => group.to === group.from + 1);
  return written && figures && run.groups.length === 3 ? [{ kind: 'ssn', part: everything }] : [];
}
