import type { SensitiveKind, Speaker } from '../../domain/transcript.ts';
import type { Ask } from './asks.ts';
import type { DateRun } from './dates.ts';

/** What was already said of one kind. `digits` holds the answer so far, letters included for a Medicare id. */
export type Heard = { digits: string; all: string[]; turn: number; speaker: Speaker };

/** What the walk over a call remembers. */
export type Memory = {
  /** Pieces of Medicare ids, known beforehand: `turn:token`. */
  spelledIds: ReadonlySet<string>;
  asks: Ask[];
  heard: Map<SensitiveKind, Heard>;
  births: DateRun[];
  /** How many of them belong to earlier questions. */
  birthsBefore: number;
  birthTurn: number;
  /** Turn in which an expiry date was said last, or -1. */
  expiryTurn: number;
  /** Turn in which a number was named by its last digits, or -99. */
  endingTurn: number;
  /** Digits of policies, telephones and the like: they stay when they are said again. */
  harmless: string[];
  /** Whether no more than the last four of a social security number were asked for. */
  lastFour: boolean;
  /** Turn in which a bank was spoken of last, or -1. */
  bankTurn: number;
};

export function newMemory(spelledIds: ReadonlySet<string>): Memory {
  return {
    spelledIds,
    asks: [],
    heard: new Map(),
    births: [],
    birthsBefore: 0,
    birthTurn: -99,
    expiryTurn: -99,
    endingTurn: -99,
    harmless: [],
    lastFour: false,
    bankTurn: -99,
  };
}

/** Adds a piece to what was heard; what another speaker repeats does not make the answer longer. */
export function remember(
  memory: Memory,
  kind: SensitiveKind,
  digits: string,
  turn: number,
  speaker: Speaker,
) {
  const before = memory.heard.get(kind);
  const another = before !== undefined && before.speaker !== speaker && before.speaker !== 'unknown';
  // the agent has the routing number already, the caller says the account: that is no repetition
  const goesOn = kind === 'bank_account' && before !== undefined && !before.digits.includes(digits);
  // letters and digits do not come twice in one id by chance
  const isReadBack = kind === 'medicare_id' && digits.length >= 3 && before?.digits.includes(digits);
  const repeats = (another && !goesOn) || isReadBack;
  const stale = before !== undefined && turn - before.turn > 12;
  const all = [...(before?.all ?? []), digits];
  // "the card ending 1881?" "no, i got a new one": what is said now is another number
  const isSecond =
    kind === 'ssn' && !another && (before?.digits.length ?? 0) >= 9 && turn - before!.turn >= 2;
  if (isSecond && digits.length >= 3 && !before!.digits.includes(digits)) {
    memory.heard.set(kind, { digits, all, turn, speaker });
    return;
  }
  const wasEnding = before !== undefined && before.turn === memory.endingTurn && turn > before.turn;
  const isLonger = before !== undefined && digits.length > 4 && !digits.endsWith(before.digits);
  const isNew = wasEnding ? digits !== before.digits : another && isLonger;
  if (isNew && before && before.digits.length <= 4 && kind !== 'card_cvv') {
    memory.heard.set(kind, { digits, all, turn, speaker });
    return;
  }
  if (before && repeats && !stale) {
    memory.heard.set(kind, { ...before, all, turn });
  } else {
    memory.heard.set(kind, { digits: (stale ? '' : (before?.digits ?? '')) + digits, all, turn, speaker });
  }
}

/** True when digits repeat, in whole in a part of at least four, or in a piece as it was said, something that was removed before. */
export function repeats(memory: Memory, kind: SensitiveKind, digits: string): boolean {
  const heard = memory.heard.get(kind);
  if (!heard || digits.length < 3) return false;
  if (digits.length === 3) return heard.all.includes(digits);
  return [heard.digits, ...heard.all].some(
    (said) => said.includes(digits) || (said.length >= 4 && digits.includes(said)),
  );
}

/** True for three digits, said one by one, with which a number begins or ends that was said just before. */
export function repeatsEdge(memory: Memory, kind: SensitiveKind, digits: string, turn: number): boolean {
  const heard = memory.heard.get(kind);
  if (!heard || digits.length !== 3 || turn - heard.turn > 2) return false;
  return [heard.digits, ...heard.all].some((said) => said.startsWith(digits) || said.endsWith(digits));
}

/** True when digits are a part of something that was removed before, with one digit misheard or two swapped. */
export function nearlyRepeats(memory: Memory, kind: SensitiveKind, digits: string): boolean {
  const said = memory.heard.get(kind)?.digits ?? '';
  if (digits.length < 4) return false;
  return Array.from({ length: Math.max(0, said.length - digits.length + 1) }, (_, from) =>
    said.slice(from, from + digits.length),
  ).some((part) => {
    const differing = [...part].filter((digit, index) => digit !== digits[index]).length;
    return differing <= 1 || (differing === 2 && [...part].sort().join('') === [...digits].sort().join(''));
  });
}
