import type { Cue } from './cues.ts';
import { matchTokens } from './match-tokens.ts';
import type { Token } from './tokens.ts';

const refusals = [
  /\b(?:don't|won't|not gonna|not going to|ain't|never|rather not|not comfortable|not|can't)(?: \w+){0,3} (?:give|giving|share|sharing|tell|telling|say|saying|read|reading|that out)\b/g,
  // "what plan are you on, i don't need your medicare number for this"
  /\b(?:don't|won't|do not|will not|not gonna) need (?:your|the|a|his|her|any)\b/g,
  /\bskip (?:it|that|those|them|this)\b|\brather not\b|\bgonna pass\b|\bpass on (?:that|it)\b/g,
];
/** The other side gives it up: "we can leave that for later". */
const deferrals =
  /\b(?:leave|do|get|grab|handle|finish) (?:that|it|those|this)(?: part)?(?: for)? later\b|\bcome back to (?:that|it)\b|\b(?:don't|won't) need (?:that|it|your|the) (?:right now|today|yet|now|one)\b|\bnothing needed\b|\bi don't have (?:it|that|hers|his|one)(?: \w+)? (?:on|with|in front of|handy|here|yet)\b|\bnot (?:with|on) me\b|\bnot (?:today|right now|over the phone|yet)\b|\bdon't know (?:it|hers|his|that)(?: by heart| off hand)?\b/g;

/** Whether somebody declines to give what was asked for, or puts it off. */
export function declinesAnswer(tokens: readonly Token[]): boolean {
  return [...refusals, deferrals].some((pattern) => matchTokens(tokens, pattern).length > 0);
}

/** "I don't want to give my social": names of what is refused ask for nothing. */
export function withoutRefused(cues: readonly Cue[], tokens: readonly Token[]): Cue[] {
  const refused = refusals.flatMap((pattern) => matchTokens(tokens, pattern));
  return cues.filter(({ from }) => !refused.some(({ to }) => from >= to && from - to <= mostBetween));
}

const mostBetween = 4;
