import type { HeardTurn } from './heard-text.ts';

const opensQuestion =
  / (what|whats|which|who|whos|when|where|how|did|does|do|is|are|was|were|can|could|would|will|have|has|want me|let me (get|see|grab)|(give|tell|read|spell|show|need) (me|us)|(i|we|youll|id) (just )?need|got) (is |the |your |you |i |we |it |that |there |any |a )*$/;
const toDo =
  / (you|youd|youll|you would|you can|you could|you should|you might|you need|you want|should|to|please|and|go|just) (want to |need to |have to |got to |would |can |could |should |just |please )*$/;
const elsewhere =
  /^( \w+){0,2} (with|through|at|by|from) (another|other|a different|somebody|someone|them|him|those|these|his|her|their)(?= |$)/;

// "thank you, it went through": thanks address nobody with a task
const thanks = / (thank you|thanks)( (so|very) much)?(?= )/;

/**
 * Whether what stands at `at` in a turn is asked or told the other side to do, rather than reported: "what's
 * your policy number", "you could email the contract".
 */
export function isReported(turn: HeardTurn, at: number, length: number): boolean {
  const before = `${lastWords(sentenceBefore(turn, at), 6)} `.replace(thanks, ' ');
  if (opensQuestion.test(before)) return false;
  if (toDo.test(before) && / (you|youd|youll|to|please|go)( |$)/.test(before)) return false;
  // "your application's in, do you see the email?": the question comes after what is told
  if (sentenceAsks(turn, at) && !/^[^.!?]*,[^.!?]*\?/.test(originalAfter(turn, at + length))) return false;
  return !elsewhere.test(turn.text.slice(at + length));
}

/** The transcript's own words of a turn from the place `at` of its levelled text. */
function originalAfter(turn: HeardTurn, at: number): string {
  const word = turn.text.slice(0, at).split(' ').length - 2;
  return turn.original.slice(turn.spans[Math.max(0, word)]?.[1] ?? 0);
}

/** Where the transcript has punctuation: the sentence that holds `at` ends in a question mark. */
export function sentenceAsks(turn: HeardTurn, at: number): boolean {
  const word = turn.text.slice(0, at + 1).split(' ').length - 2;
  const place = turn.spans[Math.max(0, word)]?.[0] ?? 0;
  return /^[^.!?]*\?/.test(turn.original.slice(place));
}

/** Levelled text before `at` within its sentence; without punctuation, all of the turn before it. */
export function sentenceBefore(turn: HeardTurn, at: number): string {
  const before = turn.text.slice(0, at);
  const words = before.split(' ').slice(1);
  const end = turn.spans[words.length]?.[0] ?? turn.original.length;
  for (let i = words.length - 1; i >= 0; i--) {
    const next = turn.spans[i + 1]?.[0] ?? end;
    if (/[.!?;]["')]?\s/.test(turn.original.slice(turn.spans[i]![1] - 1, next)))
      return words
        .slice(i + 1)
        .map((word) => ` ${word}`)
        .join('');
  }
  return before;
}

/** Whether a match runs over the end of a sentence: "I never smoked a day. They found it last winter." */
export function spansSentences(turn: HeardTurn, at: number, length: number): boolean {
  const first = turn.text.slice(0, at + 1).split(' ').length - 2;
  const last = turn.text.slice(0, at + length).split(' ').length - 2;
  const from = turn.spans[Math.max(0, first)]?.[0] ?? 0;
  const to = turn.spans[last]?.[0] ?? from;
  return /[a-z]{2}[.!?;]["')]?\s/i.test(turn.original.slice(from, to));
}

/** The last words of levelled text, each after a space. */
export function lastWords(text: string, count: number): string {
  return text
    .split(' ')
    .slice(1)
    .slice(-count)
    .map((word) => ` ${word}`)
    .join('');
}
