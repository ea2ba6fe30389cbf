import type { SensitiveKind, Turn } from '../../domain/transcript.ts';
import type { Topic } from './cues.ts';
import { findIdioms } from './digit-runs.ts';
import type { Finding } from './find-sensitive.ts';
import { type ReadTurn, readTurn } from './read-turn.ts';
import { mayBeDigit } from './sound-alikes.ts';

/** An answer to such a question is a number and little else; how many digits of it must at least be left. */
const leastDigits = new Map<Topic, number>([
  ['ssn', 2],
  ['card_number', 2],
  ['bank_account', 2],
  ['card_cvv', 1],
]);
/** Longer answers say something. */
const mostWords = 16;
/** Of the words, as probability: what a recogniser is so unsure of is not what was said. */
const unsure = 0.5;
const leastShare = 0.2;

/**
 * Answers to a plain question for a number of which the recogniser caught next to nothing: "sam and free high" for
 * "seven three nine". The text betrays little, the sound all of it, so the whole answer goes. Only where the engine says
 * how sure it is of each word.
 * @param found what was found by its words; what lies in such an answer is to give way to it
 */
export function findMisheardAnswers(turns: readonly Turn[], found: readonly Finding[]): Finding[] {
  return turns.flatMap((turn, index) => {
    const asked = turns[index - 1];
    if (!asked || (asked.speaker === turn.speaker && turn.speaker !== 'unknown')) return [];
    if (!isUnsure(turn)) return [];
    const kind = kindAsked(readTurn(asked.speaker, asked.text));
    if (found.some((finding) => finding.turn === index && finding.kind !== kind)) return [];
    const answer = readTurn(turn.speaker, turn.text);
    if (!kind || !isLikeDigits(answer, leastDigits.get(kind)!)) return [];
    const [first, last] = [answer.tokens[0]!, answer.tokens.at(-1)!];
    return [{ kind, turn: index, from: first.from, to: last.to }];
  });
}

function isUnsure({ words }: Turn): boolean {
  if (words.length === 0 || words.length > mostWords) return false;
  if (words.some(({ confidence }) => confidence === null)) return false;
  return words.reduce((sum, { confidence }) => sum + (confidence ?? 0), 0) < unsure * words.length;
}

/** What the last plain question of a turn asks for, where no number follows it. */
function kindAsked({ cues, runs }: ReadTurn): SensitiveKind | null {
  const last = cues.filter(({ weak }) => !weak).at(-1);
  if (!last || !leastDigits.has(last.topic) || runs.some(({ from }) => from >= last.to)) return null;
  return last.topic as SensitiveKind;
}

function isLikeDigits({ tokens, cues, declines }: ReadTurn, least: number): boolean {
  if (declines || cues.length > 0) return false;
  const idioms = findIdioms(tokens);
  const digits = tokens.filter(({ text }, index) => !idioms.has(index) && mayBeDigit(text)).length;
  return digits >= least && digits >= leastShare * tokens.length;
}
