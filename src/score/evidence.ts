import type { Answer, Evidence, Judgement } from '../domain/answer.ts';
import type { Result } from '../domain/outcome.ts';
import type { Turn } from '../domain/transcript.ts';

/**
 * True when a quote stands in the turn it names, as whole words. Spacing and case may differ; a changed word, sign or
 * digit, a part of a word, or a sign alone is no quote.
 */
export function standsIn(evidence: Pick<Evidence, 'turn' | 'quote'>, turns: readonly Turn[]): boolean {
  const turn = turns[evidence.turn];
  const quote = level(evidence.quote);
  if (turn === undefined || !/[\p{L}\p{N}]/u.test(quote)) return false;
  const text = level(turn.text);
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    if (!splitsWord(text, at) && !splitsWord(text, at + quote.length)) return true;
  return false;
}

/** Whether a place in a text lies between two letters or digits. */
function splitsWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]$/u.test(text.slice(0, at)) && /^[\p{L}\p{N}]/u.test(text.slice(at));
}

/**
 * Invariant 4: keeps the quotes that stand in the transcript, with speaker and times taken from it, and makes
 * a yes or no (or value) without any into `unknown` with a note. Flags and the disqualifier fall with their
 * last quote; a step from quote upwards that no quote supports was not heard.
 */
export function checkEvidence(judgement: Judgement, turns: readonly Turn[]): Judgement {
  return {
    ...judgement,
    answers: judgement.answers.map((answer) => checkAnswer(answer, turns)),
    disqualifier: withQuotes(judgement.disqualifier, turns),
    result: checkResult(judgement.result, turns),
    flags: judgement.flags.flatMap((flag) => withQuotes(flag, turns) ?? []),
  };
}

function checkAnswer(answer: Answer, turns: readonly Turn[]): Answer {
  const evidence = standing(answer.evidence, turns);
  if (answer.value === 'unknown' || evidence.length > 0) return { ...answer, evidence };
  const note =
    answer.evidence.length === 0
      ? `answered ${answer.value} without a quote`
      : `answered ${answer.value}, but the quote does not stand in the transcript`;
  return { ...answer, value: 'unknown', confidence: 0, evidence: [], note };
}

const lowSteps: readonly Result[] = ['none', 'information'];

/** What money hangs on needs words; that somebody got an answer may be seen from the call as a whole. */
function checkResult({ value, evidence }: Judgement['result'], turns: readonly Turn[]): Judgement['result'] {
  const kept = standing(evidence, turns);
  return kept.length > 0 || lowSteps.includes(value)
    ? { value, evidence: kept }
    : { value: 'none', evidence: [] };
}

function withQuotes<T extends { evidence: Evidence[] }>(finding: T | null, turns: readonly Turn[]): T | null {
  if (!finding) return null;
  const evidence = standing(finding.evidence, turns);
  return evidence.length > 0 ? { ...finding, evidence } : null;
}

/** Each once: the same words may answer as a reply and as a statement. */
function standing(evidence: readonly Evidence[], turns: readonly Turn[]): Evidence[] {
  const isFirst = ({ turn, quote }: Evidence, at: number) =>
    evidence.findIndex((one) => one.turn === turn && level(one.quote) === level(quote)) === at;
  return evidence
    .filter((one, at) => isFirst(one, at) && standsIn(one, turns))
    .map((one) => {
      const { speaker, start, end } = turns[one.turn]!;
      return { ...one, speaker, start, end };
    });
}

function level(text: string) {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
