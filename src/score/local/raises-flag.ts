import type { Flag } from '../../domain/outcome.ts';
import { sentenceBefore, spansSentences } from './clause.ts';
import { guardOf } from './guard.ts';
import type { HeardTurn } from './heard-text.ts';

// "they never call me" complains about others, it asks for nothing
const ofOthers =
  / (he|she|they|who|nobody|lawyer|people|((told|tells|telling) (me|him|her|them|us)|said)|(he|she|they|it|people|collectors) (wont|wouldnt|dont|never|cant)|(tell|told|ask|asked|get|make) (?!you)(the |my )?\w+ to) ?$/;
// "don't call me till five" asks for an hour
const forNow = /^( \w+){0,2} (till|until|before|at|after|when|while|on a|today|tonight|right now)(?= |$)/;
// "i need your voice signature, just say you agree": what an agreement needs
const consents = /^( \w+)? (agree|understand|accept|authorize|consent)(?= |$)/;
const somebodyElse =
  / (he|she|they|him|her|them|driver|cop|boss|landlord|doctor|felt|feel|im|i am)( \w+){0,6}$/;
const denied = / (not|isnt|arent|dont)(?= )/;

/**
 * Whether the words that a flag's cue found raise it. What is said of a third person or a thing insults nobody on the
 * call, what an agent denies he does not promise, and a complaint about others' calls asks for nothing.
 */
export function raisesFlag(
  flag: Flag,
  turn: HeardTurn,
  { at, length }: { at: number; length: number },
): boolean {
  if (spansSentences(turn, at, length)) return false;
  const before = sentenceBefore(turn, at);
  const after = turn.text.slice(at + length);
  switch (flag) {
    case 'abusive':
      return (
        guardOf(turn.text, at) !== 'third_party' && !isOfThing(before, after) && !isOfOthers(turn, at, before)
      );
    case 'coached_caller':
      return !consents.test(after);
    case 'dnc_request':
      return !ofOthers.test(before) && !forNow.test(after);
    case 'misrepresentation':
    case 'incentivized_caller':
      if (turn.speaker !== 'agent') return true;
      return guardOf(turn.text, at) !== 'negated' && !denied.test(turn.text.slice(at, at + length));
    default:
      return true;
  }
}

/** "This son of a bitch furnace is cold": said of a thing. */
function isOfThing(before: string, after: string) {
  return (
    / (this|that|the|my|our|these|those|some|stupid|old)$/.test(before) &&
    /^ (?!who|that|you|and|i|im|is|was|on|at|in)\w+/.test(after)
  );
}

/** "He cut me off like an asshole", "I felt like an idiot": the one spoken to is not named. */
function isOfOthers({ text }: HeardTurn, at: number, before: string) {
  return (
    somebodyElse.test(before) &&
    !/ (you|your|youre|yall)( \w+){0,3}$/.test(before) &&
    !/^ (you|your|youre)/.test(text.slice(at))
  );
}
