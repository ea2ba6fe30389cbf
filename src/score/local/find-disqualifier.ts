import type { NotAProspectReason } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue, findCues, findLastCue } from './cue.ts';
import { guardOf } from './guard.ts';
import { callerTurnsAfter, type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply, isAsked } from './reply.ts';

export type HeardDisqualifier = { reason: NotAProspectReason; turns: HeardTurn[]; strength: number };

/**
 * The reason why the caller is no prospect, or null: the one with most support, the earliest among equals. Where
 * the agent sends him on and asks nothing that he would ask a prospect, hints are enough.
 */
export function findDisqualifier(call: HeardCall, compiled: CompiledScorecard): HeardDisqualifier | null {
  let best: HeardDisqualifier | null = null;
  const asked = call.turns.filter(
    (turn) => turn.speaker === 'agent' && asksForGate(turn, call, compiled),
  ).length;
  const takenUp = asked >= 3;
  for (const { reason, caller, agent, asks } of compiled.disqualifiers) {
    if (![caller, agent, asks].some((cue) => occurs(call, cue))) continue;
    const turns: HeardTurn[] = [];
    let strength = 0;
    for (const turn of call.turns) {
      if (
        turn.speaker === 'caller' ||
        (call.inferred && turn.index > 0 && reason === 'test_call' && turn.speaker === 'agent')
      ) {
        const match = findCue(caller, turn.text);
        if (match && !/negated|third/.test(guardOf(turn.text, match.at))) {
          turns.push(turn);
          strength += turn.index <= 6 ? 2 : 1;
        }
      } else if (turn.speaker === 'agent') {
        const match = findCue(agent, turn.text);
        const denied = callerTurnsAfter(call, turn.index, 1, 1).some(
          ({ text }) => classifyReply(text) === 'no',
        );
        if (match && !denied) {
          turns.push(turn);
          strength += 1.5;
        }
        const question = findCue(asks, turn.text);
        const reply = question ? callerTurnsAfter(call, turn.index, 1)[0] : undefined;
        if (reply && classifyReply(reply.text) === 'yes') {
          turns.push(reply);
          strength += 2;
        }
      }
    }
    const hint = asked <= 1 && (turns[0]?.index ?? 99) <= 8 && hintOf(reason, call, compiled);
    if (hint) {
      turns.push(hint);
      strength += 0.5;
    }
    // who is asked about the gates is taken for a prospect: his own words alone must say more than once that he is none
    const needed = doubted.has(reason) && takenUp ? 3 : 2;
    if (strength >= needed && (!best || strength > best.strength)) best = { reason, turns, strength };
  }
  return best ?? sentOn(call, compiled) ?? foreignTongue(call);
}

/** Reasons that words of a prospect resemble: "my premium went up" is said to one's own agent and to another. */
const doubted: ReadonlySet<string> = new Set(['existing_customer', 'service_request', 'wrong_number']);

const outside: ReadonlySet<string> = new Set(['wrong_number', 'job_seeker', 'solicitor']);

const hinted = ['wrong_number', 'job_seeker', 'solicitor', 'existing_customer', 'service_request'] as const;

/** The caller's early turn that hints at a reason for which he is no prospect, where words for it were heard besides. */
function hintOf(
  reason: NotAProspectReason,
  call: HeardCall,
  { cues }: CompiledScorecard,
): HeardTurn | undefined {
  const cue = cues[`hint_${reason}`] ?? null;
  return call.turns.find(
    ({ speaker, index, text }) => speaker === 'caller' && index <= 6 && findCue(cue, text),
  );
}

/** An agent who takes up a prospect asks about the gates; one who sends the caller elsewhere does not. */
function sentOn(call: HeardCall, compiled: CompiledScorecard): HeardDisqualifier | null {
  const agents = call.turns.filter(({ speaker }) => speaker === 'agent');
  const sent = agents.find(
    (turn) => findCue(compiled.cues.redirect ?? null, turn.text) && !call.announces(turn),
  );
  if (!sent || agents.some((turn) => turn !== sent && asksForGate(turn, call, compiled))) return null;
  // nobody prices what the caller did not call for
  const quote = compiled.results.find(({ result }) => result === 'quote')?.agent ?? null;
  const priced = agents.some(({ text }) => findCue(quote, text));
  // who calls for a gift knows whom he calls
  if (occurs(call, compiled.cues.incentivized_caller_caller ?? null)) return null;
  const callers = call.turns.filter(({ speaker, index }) => speaker === 'caller' && index <= 8);
  if (callers.length < 2) return null;
  let best: HeardDisqualifier | null = null;
  for (const reason of hinted) {
    if (priced && outside.has(reason)) continue;
    const cue = compiled.cues[`hint_${reason}`] ?? null;
    const turns = callers.filter(({ text }) => findCue(cue, text));
    const strength = turns.reduce((sum, { text }) => sum + findCues(cue, text).length, 0);
    if (strength > (best?.strength ?? 0)) best = { reason, turns: [...turns, sent], strength };
  }
  return best;
}

function asksForGate(turn: HeardTurn, call: HeardCall, { criteria }: CompiledScorecard): boolean {
  return criteria.some(({ criterion, asks, asksReversed }) => {
    if (!criterion.gate || criterion.intent) return false;
    const ask = findLastCue(asks, turn.text) ?? findLastCue(asksReversed, turn.text);
    return ask !== null && turn.index > 1 && isAsked(turn, ask.at, call.punctuated);
  });
}

const common = new Set(
  'a i the to and of you it is that in my me for on have do we was this be what not no yes yeah okay with are your just they at so but if or can about an he she get got need want know up one out all from like had as there how when who did has am will would could her his them been call calling here now hi hello thank thanks please sorry im its dont'.split(
    ' ',
  ),
);

/** A caller hardly any of whose words are common English ones speaks another language. */
function foreignTongue(call: HeardCall): HeardDisqualifier | null {
  const turns = call.turns.filter(({ speaker }) => speaker === 'caller');
  const words = turns.flatMap(({ text }) => text.split(' ').filter((word) => /^\p{L}+$/u.test(word)));
  if (words.length < 8 || words.filter((word) => common.has(word)).length / words.length > 0.12) return null;
  return { reason: 'language', turns: turns.slice(0, 2), strength: 2 };
}
