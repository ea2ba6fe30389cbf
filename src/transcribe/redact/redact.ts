import {
  type Redaction,
  type SensitiveKind,
  sensitiveKinds,
  type Turn,
  type Word,
} from '../../domain/transcript.ts';
import { ageBand } from './age-band.ts';
import { type Finding, findSensitive } from './find-sensitive.ts';
import { findMisheardAnswers } from './misheard-answers.ts';

/** Turns without sensitive words, and where they were. */
export type Redacted = { turns: Turn[]; redactions: Redaction[] };

/** What is looked for, and what of it is kept. */
export type RedactionProfile = {
  /** All unless told. */
  kinds?: readonly SensitiveKind[];
  /** The day of the call: birth dates leave a band of ages behind. */
  on?: Date | null;
};

/** Seconds around a removed word that are muted too: recognisers place words only roughly. */
const margin = 0.25;
/** The same where the engine is not known to have timed the words one by one (no confidence), or gave none. */
const wideMargin = 1;

/**
 * Removes card numbers, security codes, social security numbers, bank accounts, birth dates and Medicare ids from
 * the text and from the word times; `[card_number]` and so on stand in their place. Pure; nothing unredacted leaves.
 */
export function redact(turns: readonly Turn[], profile: RedactionProfile = {}): Redacted {
  const kinds = profile.kinds ?? sensitiveKinds;
  const said = findSensitive(turns);
  const misheard = findMisheardAnswers(turns, said);
  const plain = said.filter((finding) => !misheard.some(({ turn }) => turn === finding.turn));
  const findings = [...plain, ...misheard].filter(({ kind }) => kinds.includes(kind));
  const parts = turns.map((turn, index) =>
    redactTurn(
      turn,
      findings.filter((finding) => finding.turn === index),
      profile.on ?? null,
    ),
  );
  return { turns: parts.map((part) => part.turn), redactions: parts.flatMap((part) => part.redactions) };
}

function redactTurn(
  turn: Turn,
  findings: Finding[],
  on: Date | null,
): { turn: Turn; redactions: Redaction[] } {
  if (findings.length === 0) return { turn, redactions: [] };
  const placed = placeWords(turn);
  let text = turn.text;
  let words = placed;
  const redactions: Redaction[] = [];
  for (const finding of findings.toReversed()) {
    const hidden = placed.filter((word) => word.from < finding.to && finding.from < word.to);
    const time = timeOf(turn, hidden, finding);
    const said = turn.text.slice(finding.from, finding.to);
    const band = on && finding.kind === 'date_of_birth' ? ageBand(said, on) : null;
    redactions.unshift({
      kind: finding.kind,
      turn: finding.turn,
      start: time.start,
      end: time.end,
      ...(band === null ? {} : { age_band: band }),
    });
    text = `${text.slice(0, finding.from)}[${finding.kind}]${text.slice(finding.to)}`;
    words = replaceWords(words, hidden, `[${finding.kind}]`);
  }
  const kept = words.map(({ text: word, start, end, confidence }) => ({
    text: word,
    start,
    end,
    confidence,
  }));
  return { turn: { ...turn, text, words: kept }, redactions };
}

type PlacedWord = Word & { from: number; to: number };

/** The place of each timed word in the text; a word that is not found there lies where it would be by its time. */
function placeWords(turn: Turn): PlacedWord[] {
  let at = 0;
  return turn.words.map((word) => {
    const found = turn.text.toLowerCase().indexOf(word.text.toLowerCase(), at);
    const share = (word.start - turn.start) / Math.max(0.01, turn.end - turn.start);
    const from = found >= 0 ? found : Math.max(at, Math.floor(share * turn.text.length));
    const to = from + word.text.length;
    if (found >= 0) at = to;
    return { ...word, from, to };
  });
}

function timeOf(turn: Turn, hidden: PlacedWord[], finding: Finding): { start: number; end: number } {
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (first && last) {
    const around = hidden.some((word) => word.confidence === null) ? wideMargin : margin;
    return { start: Math.max(0, first.start - around), end: last.end + around };
  }
  const seconds = turn.end - turn.start;
  const at = (character: number) => turn.start + (seconds * character) / Math.max(1, turn.text.length);
  // the longer the turn, the less its text says about time: people pause, and spell slower than they talk
  const around = Math.max(wideMargin, seconds / 5);
  return {
    start: Math.max(0, Math.max(turn.start - wideMargin, at(finding.from) - around)),
    end: Math.min(turn.end + wideMargin, at(finding.to) + around),
  };
}

function replaceWords(words: PlacedWord[], hidden: PlacedWord[], placeholder: string): PlacedWord[] {
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (!first || !last) return words;
  const at = words.indexOf(first);
  const replacement = { ...first, text: placeholder, end: last.end, to: last.to, confidence: null };
  return [...words.slice(0, at), replacement, ...words.slice(at + hidden.length)];
}
