import type { Result } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply } from './reply.ts';

export type HeardResult = { result: Result; turns: HeardTurn[] };

const clock =
  / (\d{1,2} (am|pm|oclock|thirty|fifteen|forty five|sharp)|\d{1,2} ?(am|pm)|noon|(at|by|around) \d{1,4}|\d{1,2} to \d{1,2}|\d{3,4} (am|pm)|same time|half past|[1-9][0-5][05] (tomorrow|today|works))(?= |$)/;
const day =
  / (today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|(the )?\d{1,2}(st|nd|rd|th)|the (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|twentieth|thirtieth)|(next|this) week|this (afternoon|evening|morning)|later on|january|february|april|june|july|august|september|october|november|december)(?= |$)/;
const conditional =
  / (if|once|when|after|before|unless|until|would|could|cant|not|wont|havent|hasnt|dont|isnt)(?= |$)/;

/** The highest step of the ladder that stood at the end of the call, with the turns that show it. */
export function findResult(call: HeardCall, compiled: CompiledScorecard): HeardResult {
  let reached: { result: Result; turns: HeardTurn[] }[] = [];
  const step = (result: Result) => compiled.results.find((cues) => cues.result === result);
  for (const turn of call.turns) {
    if (turn.speaker === 'ivr') continue;
    for (const result of ['quote', 'callback', 'appointment', 'application', 'sale'] as const) {
      const cue = turn.speaker === 'agent' ? step(result)?.agent : step(result)?.caller;
      const match = cue ? findCue(cue, turn.text) : null;
      if (!match) continue;
      const before = turn.text
        .slice(0, match.at)
        .split(' ')
        .slice(-3)
        .map((word) => ` ${word}`)
        .join('');
      if (conditional.test(before)) continue;
      if (result === 'callback' || result === 'appointment') {
        const agreed = agreement(call, turn);
        if (!agreed) continue;
        const near = [turn, ...agreed].map(({ text }) => text).join('');
        const timed = clock.test(near);
        if (result === 'appointment' && !day.test(around(call, turn)) && !clock.test(around(call, turn)))
          continue;
        reached.push({
          result: result === 'callback' && timed ? 'appointment' : result,
          turns: [turn, ...agreed],
        });
      } else reached.push({ result, turns: [turn] });
    }
    if (turn.speaker === 'caller' && findCue(compiled.cues.withdrawal ?? null, turn.text))
      reached = reached.filter(({ result }) => result === 'quote' || result === 'information');
  }
  const ladder: Result[] = ['sale', 'application', 'appointment', 'callback', 'quote'];
  for (const result of ladder) {
    const steps = reached.filter((one) => one.result === result);
    if (steps.length > 0) return { result, turns: steps.at(-1)!.turns };
  }
  return { result: 'none', turns: [] };
}

function around(call: HeardCall, turn: HeardTurn) {
  return call.turns
    .slice(Math.max(0, turn.index - 3), turn.index + 4)
    .map(({ text }) => text)
    .join('');
}

/** The other side's reply, unless it declines. A step said last on the call needs none. */
function agreement(call: HeardCall, turn: HeardTurn): HeardTurn[] | null {
  const reply = call.turns[turn.index + 1];
  if (!reply) return [];
  if (
    classifyReply(reply.text) === 'no' &&
    !/ (no problem|thats (fine|good)|no thats)(?= |$)/.test(reply.text)
  )
    return null;
  if (
    / (ill call you|i will call you|dont call|let me (think|talk|call you)|not (yet|today)|rather not)(?= |$)/.test(
      reply.text,
    )
  )
    return null;
  return [reply];
}
