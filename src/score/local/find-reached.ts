import type { Reached } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { soundsLikeMenu } from './infer-speakers.ts';

export type HeardReach = { reached: Reached; robocall: boolean; turn: number | null };

const leaving =
  / (i have to|ill have to|i got to|got to (go|run)|ill call (you )?(back|later)|call you later|have to go|bad time|wrong button|never mind|one second|hang on|hold (on|please)|can you hold)(?= |$)/;

/** Who spoke with whom at all. `hasOtherBusiness`: the caller said why he called, though not for this service. */
export function findReached(
  call: HeardCall,
  compiled: CompiledScorecard,
  hasOtherBusiness: boolean,
): HeardReach {
  const spoken = call.turns.filter(({ text }) => text !== '');
  const by = (speaker: string) => spoken.filter((turn) => turn.speaker === speaker);
  const callers = by('caller');
  const agents = by('agent');
  const words = (turns: typeof spoken) =>
    turns.reduce((sum, { text }) => sum + text.split(' ').length - 1, 0);
  if (words(spoken) < 2) return { reached: 'no_conversation', robocall: false, turn: null };

  // where speakers are guessed, a machine may pass for the menu; after a person's greeting it is none
  const machines = call.inferred ? spoken.filter(({ index }) => index > 0) : callers;
  const robot = machines.filter((turn) => {
    const match = findCue(compiled.cues.robocall ?? null, turn.text);
    if (!match) return false;
    // a caller who is deep in a conversation says a key again that he was told
    if (turn.index > 5 && turn.text.split(' ').length < 12) return false;
    // keys to press alone are also what our own menu offers
    const menu = / press /.test(` ${turn.text.slice(match.at, match.at + match.length)} `);
    return !(menu && call.inferred && soundsLikeMenu(spoken[0]!));
  });
  if (robot.length > 0 && callers.length <= 8)
    return { reached: 'no_conversation', robocall: true, turn: robot[0]!.index };

  // a greeting opens the call: "watch your mailbox" at its end is none
  const greeting = spoken
    .slice(0, 5)
    .find(
      (turn) =>
        (turn.speaker !== 'caller' || (call.inferred ? turn.index < 2 : spoken.length <= 3)) &&
        findCue(compiled.cues.voicemail ?? null, turn.text),
    );
  const answered = (index: number) =>
    call.inferred
      ? spoken.length > index + 3 &&
        (spoken.length > index + 7 || spoken.some((turn) => turn.index > index && greets.test(turn.text)))
      : agents.some((turn) => turn.index > index) &&
        spoken.some((turn) => turn.speaker === 'caller' && turn.index > index);
  if (greeting && !answered(greeting.index))
    return { reached: 'voicemail', robocall: false, turn: greeting.index };

  if (
    call.inferred &&
    spoken.some(soundsLikeMenu) &&
    spoken.every((turn) => soundsLikeMenu(turn) || words([turn]) < 4)
  )
    return { reached: 'ivr_only', robocall: false, turn: spoken[0]!.index };
  if (agents.length === 0 && (by('ivr').length > 0 || words(callers) < 12))
    return {
      reached: by('ivr').length > 0 ? 'ivr_only' : 'no_conversation',
      robocall: false,
      turn: spoken[0]!.index,
    };
  const held = spoken.findLast(({ text }) => waiting.test(text));
  const last = spoken.at(-1)!;
  if (held?.speaker === 'agent' && held !== last && seeking.test(last.text) && words(callers) < 12)
    return { reached: 'agent_left', robocall: false, turn: last.index };
  if (callers.length === 0 || words(callers) < 2)
    return agents.length > 0
      ? {
          reached: by('ivr').length > 0 || words(agents) > 3 ? 'caller_left' : 'no_conversation',
          robocall: false,
          turn: agents[0]!.index,
        }
      : { reached: 'ivr_only', robocall: false, turn: spoken[0]!.index };

  const purpose = findCue(compiled.cues.purpose ?? null, callers.map(({ text }) => text).join(' .'));
  const lost = gone.test(spoken.at(-1)!.text);
  // who has to go before he said why he called has left, however long he was asked
  const goes = !purpose && leaving.test(callers.at(-1)!.text) && !call.turns.some(call.asksOther);
  const few = lost || goes ? 160 : 70;
  if (words(callers) + words(agents) < few && words(callers) < few / 2 && !hasOtherBusiness && !purpose) {
    const left = whoLeft(spoken, call);
    if (left) return { reached: left, robocall: false, turn: spoken.at(-1)!.index };
  }
  return { reached: 'conversation', robocall: false, turn: null };
}

/** What a person says who picks up. */
const greets =
  /^( \w+){0,4} (this is|speaking|my names?)(?= |$)| (how (can|may) i|what can i do|(thank you|thanks) for (calling|holding|waiting)|can i help)(?= |$)/;

const waiting =
  / (hold (on|please)|can you hold|(one|just a|1) (moment|second|sec|minute)|hang on|please hold|ill be right back|be right with you)(?= |$)/;
const seeking =
  / (hello|are you there|you there|anybody there|anyone there|still there|hang up|you hear me|did (we|you) get cut)(?= |$)/;

/** Said to nobody, at the end. */
const gone =
  / (hello|are you there|you there|anybody there|anyone there|still there|(hes|shes|theyre|he is|she is) gone|hung up|lost (him|her|you|them)|cut off)$/;

/** Whoever calls into silence at the end was left; a caller who has to go left himself. Null: they talked. */
function whoLeft(spoken: readonly HeardTurn[], call: HeardCall): 'caller_left' | 'agent_left' | null {
  const last = spoken.at(-1)!;
  const lastOf = (speaker: string) => spoken.findLast((turn) => turn.speaker === speaker);
  if (seeking.test(last.text)) {
    const held = spoken.findLast((turn) => turn !== last && waiting.test(turn.text));
    const seeker = call.inferred && held ? held.speaker !== 'caller' : last.speaker === 'caller';
    return seeker ? 'agent_left' : 'caller_left';
  }
  if (leaving.test(lastOf('caller')?.text ?? '')) return 'caller_left';
  const exchanges = spoken.filter(({ speaker }) => speaker === 'caller').length;
  if (exchanges >= 2 && spoken.length >= 5) return null;
  return last.speaker === 'caller' ? 'agent_left' : 'caller_left';
}
