import type { Speaker } from '../../domain/transcript.ts';
import type { Cue, Topic } from './cues.ts';

/** Something that was asked for or announced, and may be answered in the turns that follow. */
export type Ask = { topic: Topic; turn: number; weak: boolean };

/** After so many turns without an answer a question is taken as dropped. */
const patience = 8;

/**
 * Which questions are open after a turn. A turn that names new topics replaces the old ones; a passing mention
 * (weak, or a caller's word about something harmless while the agent still waits) does not.
 */
export function nextAsks(
  open: Ask[],
  cues: readonly Cue[],
  turn: number,
  { speaker, text, tokens }: { speaker: Speaker; text: string; tokens: readonly unknown[] },
): Ask[] {
  const kept = open.filter((ask) => turn - ask.turn <= patience);
  const fresh = cues.filter(
    (cue) => !isPassing(cue, speaker === 'caller' && !asksBack.test(text), tokens.length),
  );
  if (fresh.length === 0) {
    const added = cues.filter((cue) => cue.weak && !kept.some((ask) => ask.topic === cue.topic));
    return [...kept, ...added.map((cue) => ({ topic: cue.topic, turn, weak: true }))];
  }
  // "her social and birthday?" "honey what's your social?": the birthday is still awaited
  const goesOn = speaker !== 'agent' && fresh.every((cue) => kept.some((ask) => ask.topic === cue.topic));
  const rest = goesOn ? kept.filter((ask) => !ask.weak && !fresh.some((cue) => cue.topic === ask.topic)) : [];
  const topics = [...new Set([...fresh, ...cues.filter((cue) => cue.weak)].map((cue) => cue.topic))];
  const named = topics.map((topic) => ({ topic, turn, weak: !fresh.some((cue) => cue.topic === topic) }));
  return [...named, ...rest.filter(({ topic }) => !topics.includes(topic))];
}

/** The caller wants to know a number: "what's your license number?". */
const asksBack = /\bwhat(?:['’]s| is| was)(?: \w+){0,2} (?:your|the|my|this|that)\b|\bwhat\b[^.!]*\?$/i;

/** Harmless topics change the subject only as the last thing that somebody other than the caller says. */
function isPassing(cue: Cue, isAnswer: boolean, words: number): boolean {
  if (cue.weak) return true;
  if (!['other', 'phone', 'zip'].includes(cue.topic)) return false;
  return isAnswer || words - cue.to > 10;
}

/** What somebody declines to give is asked for weakly from then on: only a plain answer still counts. */
export function weaken(open: Ask[], turn: number): Ask[] {
  return open.map((ask) => (ask.turn === turn ? ask : { ...ask, weak: true }));
}

/** Progress keeps a question open: an answer may come in many pieces. */
export function touchAsk(open: Ask[], topic: Topic, turn: number): Ask[] {
  return open.map((ask) => (ask.topic === topic ? { ...ask, turn } : ask));
}
