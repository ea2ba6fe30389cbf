import type { Result } from '../../domain/outcome.ts';
import { isReported } from './clause.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { isConditional, isDenied, isYetToCome } from './conditional.ts';
import { findCue, findCues } from './cue.ts';
import { agreement, around, hourAsked, isForCallBack, negotiated } from './find-arrangement.ts';
import { type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { isPrice, SaidAmounts } from './price.ts';
import { isFixed, timeIn } from './spoken-time.ts';

export type HeardResult = { result: Result; turns: HeardTurn[] };

const document =
  / (application|app|enroll\w*|agreement|contract|retainer|docusign|docu sign|documents?|paperwork|packet|papers|e sign|esign|signature|sign|submit\w*|request|marketplace|plan|policy|carrier|underwrit\w+|approv\w+)(?= |$)/;
const money = /^ (dollars?|bucks|cents|hundred|a month|per month|percent|and change|something)(?= |$)/;
/** "It won't be at two": an hour at which it will not be. */
const unwantedTime =
  / (not|wont be|isnt|never|anything but) (at|on|before|after) \w+| (score|scores|credit|fico)( \w+){0,2} \d+/g;

/** "So you're covered through the warehouse right now": what the caller has already, not what was sold to him. */
function isStanding({ text }: HeardTurn, { at, length }: { at: number; length: number }) {
  return (
    / so( you)?$/.test(text.slice(0, at)) &&
    /^( \w+){0,6} (now|currently|already|through|under|at (work|your))(?= |$)/.test(text.slice(at + length))
  );
}

/** The highest step of the ladder that stood at the end of the call, with the turns that show it. */
export function findResult(call: HeardCall, compiled: CompiledScorecard): HeardResult {
  let reached: HeardResult[] = [];
  const said = new SaidAmounts();
  const steps = compiled.results.filter(({ agent, caller }) => occurs(call, agent) || occurs(call, caller));
  for (const turn of call.turns) {
    if (turn.speaker === 'ivr') continue;
    reached.push(...stepsAt(turn, call, compiled, steps, said));
    if (turn.speaker === 'caller') {
      said.hear(turn.text);
      if (findCue(compiled.cues.withdrawal ?? null, turn.text))
        reached = reached.filter(({ result }) => result === 'quote');
    }
  }
  const ladder: Result[] = ['sale', 'application', 'appointment', 'callback', 'quote'];
  for (const result of ladder) {
    const held = reached.filter((one) => one.result === result);
    if (held.length > 0) return { result, turns: held.at(-1)!.turns };
  }
  return { result: 'none', turns: [] };
}

function stepsAt(
  turn: HeardTurn,
  call: HeardCall,
  compiled: CompiledScorecard,
  ladder: CompiledScorecard['results'],
  said: SaidAmounts,
): HeardResult[] {
  const steps: HeardResult[] = [];
  const pending = findCue(compiled.cues.pending ?? null, turn.text) !== null;
  for (const { result, agent, caller } of ladder) {
    const places = findCues(turn.speaker === 'agent' ? agent : caller, turn.text);
    if (result === 'quote') {
      if (places.some((match) => !isDenied(turn.text, match.at) && isPrice(turn.text, match, said)))
        steps.push({ result, turns: [turn] });
      continue;
    }
    const match = places.find(
      (place) =>
        !isConditional(turn, place.at) &&
        !isYetToCome(turn, place.at, place.length) &&
        !isStanding(turn, place),
    );
    if (!match || sendsElsewhere(turn)) continue;
    if (result === 'sale' || result === 'application') {
      // nobody buys before anything was said
      if ((turn.index < 4 && !hasSpoken(call, turn.index)) || !isReported(turn, match.at, match.length))
        continue;
      if (result === 'application' && !document.test(around(call, turn, 8))) continue;
      const open =
        pending ||
        isOfApplication(turn, match) ||
        (turn.speaker === 'caller' && pendsAfter(call, turn, compiled));
      steps.push({ result: open ? 'application' : result, turns: [turn] });
    } else if (result === 'callback' || result === 'appointment') {
      // "are you the ones that ring my house": what is done, not what is agreed
      if (/ (that|who|ones|always|keep|keeps|kept|you all)$/.test(turn.text.slice(0, match.at))) continue;
      const agreed = agreement(call, turn);
      if (!agreed) continue;
      const near = [turn, ...agreed].map(({ text }) => text.replace(unwantedTime, '')).join(' .');
      if (result === 'callback')
        steps.push({
          result: timeIn(near).hour || hourAsked(turn, agreed) ? 'appointment' : 'callback',
          turns: [turn, ...agreed],
        });
      else if (isForCallBack(turn, agreed, call, compiled))
        steps.push({ result: 'callback', turns: [turn, ...agreed] });
      else if (
        !isSum(turn, match) &&
        (turn.speaker === 'agent' || findCue(compiled.cues.scheduling ?? null, around(call, turn))) &&
        (isFixed(around(call, turn, 6)) || timeIn(near).day)
      )
        steps.push({ result, turns: [turn, ...agreed] });
    }
  }
  const settled = negotiated(turn, call, compiled);
  if (settled) steps.push({ result: 'appointment', turns: settled });
  return steps;
}

/** "I've sent your application in, and it went through": what went through is the application. */
function isOfApplication({ text }: HeardTurn, { at, length }: { at: number; length: number }): boolean {
  return (
    / (through|received|approved)( \w+)?$/.test(text.slice(at, at + length)) &&
    / (application|app)(?= |$)/.test(text) &&
    !/ (enrolled|bound|covered|active|in force|confirmation|effective|payment|card|policy)(?= |$)/.test(text)
  );
}

/** What the caller signed and the agent then calls submitted, and not yet approved. */
function pendsAfter({ turns }: HeardCall, { index }: HeardTurn, { cues }: CompiledScorecard): boolean {
  return turns
    .slice(index + 1, index + 4)
    .some(({ speaker, text }) => speaker === 'agent' && findCue(cues.pending ?? null, text));
}

/** "I'd call Hopkins, he'll come tonight": what somebody else will do. */
function sendsElsewhere({ speaker, text }: HeardTurn): boolean {
  return (
    speaker === 'agent' &&
    / (id|i would|you could|you can|you might|youd|best to|just) (call|try|ask|go to|go with|contact) (?!me|us|back|this)/.test(
      text,
    )
  );
}

/** Whether the caller said at some length what he wants, before this turn. */
function hasSpoken({ turns }: HeardCall, before: number) {
  return turns.some(
    ({ speaker, text, index }) => speaker === 'caller' && index < before && text.split(' ').length > 12,
  );
}

/** "I come out at eleven eighty": an amount, no hour. */
function isSum({ text }: HeardTurn, { at, length }: { at: number; length: number }) {
  const said = text.slice(at, at + length);
  if (!/ \d+$/.test(said)) return false;
  return money.test(text.slice(at + length)) || (Number(/\d+$/.exec(said)![0]) > 12 && !timeIn(said).hour);
}
