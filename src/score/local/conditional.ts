import { lastWords, sentenceBefore } from './clause.ts';
import type { HeardTurn } from './heard-text.ts';

const unless =
  / (if|once|when|unless|until|till|agree|want me to|would you like|do you want|ready to)(?= |$)/;
const denied =
  / (not|no|never|nobody|nobodys|noones|nothing|nothings|might|maybe|would|could|cant|wont|havent|hasnt|dont|isnt|before|after|get you|got to get)(?= |$)/;

/** "It's not 90 a month". */
export function isDenied(text: string, at: number) {
  return / (not|never|isnt|no|wasnt)(?= |$)/.test(lastWords(text.slice(0, at), 2));
}

/** "If you sign", "once it's paid", "they might call": what stands at `at` has not happened. */
export function isConditional(turn: HeardTurn, at: number) {
  const { text } = turn;
  // "i can't write it till the ninth so how about i call you": what follows from a condition stands
  const before = sentenceBefore(turn, at).replace(/^.* so(?= (?!that|long|much|far)|$)/, '');
  // a clause with its own subject starts anew: "i would. i'll call you tomorrow"
  if (/^ (i|ill|im|we|well|he|hell|she|shell|they|theyll)(?= )/.test(text.slice(at)))
    return unless.test(lastWords(before, 4)) || / (not|never)$/.test(before);
  // "no fee unless we win im sending it": the condition belongs to what stands before the new subject
  if (/ (unless|until|till) (\w+ ){1,6}(im|ive|ill|weve|were|id|its|thats)( \w+)?$/.test(before))
    return denied.test(lastWords(before, 2));
  // "then you're covered": concluded from what the caller said, not brought about
  if (before === ' then') return true;
  // "a letter telling you it's been approved" is yet to come
  if (/ (telling you|tell you|saying|letting you know|to say)( that)?( its| it is| it)?$/.test(before))
    return true;
  return unless.test(lastWords(before, 9)) || denied.test(lastWords(before, 3));
}

/** "and then you're covered", "you're covered once you pay": what comes after something else has not come. */
export function isYetToCome(turn: HeardTurn, at: number, length: number) {
  const after = turn.text
    .slice(at + length)
    .split(' ')
    .slice(0, 5)
    .join(' ');
  return (
    / (and|only|but) then$/.test(sentenceBefore(turn, at)) ||
    /^( \w+){0,2} (once|not before|only after|as soon as|not until)(?= |$)/.test(after)
  );
}
