import type { Speaker } from '../../domain/transcript.ts';
import type { HeardTurn } from './heard-text.ts';

const menu =
  / (press [1-9]|para espanol|(oprima|marque)|we didnt get (that|your)|did not receive|press|calls? (is|are|may be|will be|being|can be) (being )?(recorded|monitored)|lines? (is|are) recorded|(all )?calls .* recorded|your call|please (hold|stay on|be advised)|next available|please listen|menu|our offices? (is|are) closed|leave (a|your) (message|name)|after the (tone|beep)|(we )?records? (all )?(incoming |your )?calls|thank you for (choosing|calling)|connecting you|being connected|main menu|selection|office hours)(?= |$)/;
const agentWords =
  / (this is|my names?|speaking|how can i help|how may i help|what can i do for you|who do i have|who am i speaking|thanks for calling|thank you for (holding|calling)|recorded line|licensed agent|i can (get|send|put)|i have you|what is your|whats your|do you have|are you|and your|date of birth|let me (ask|pull|check)|i just need|we (can|cant|do|dont|only|serve|cover)|our|sir|maam|miss|mister|i got it|perfect|beautiful|is that okay|congratulations|your (zip|address|name|birthday|birth date)|zip code)(?= |$)/g;
const callerWords =
  / (i need|i want|i was|i got|my|im calling|i called|ive got|i saw|me|i dont|how much|i have|mine|yes|yeah|no|hi|can you|can y|do you guys|we have|i guess|i think|you people|i heard)(?= |$)/g;

/** True for words of a recorded announcement or menu. */
export function soundsLikeMenu(turn: HeardTurn): boolean {
  return menu.test(turn.text) && !/ (im|this is|speaking|my name|i)(?= |$)/.test(turn.text);
}

/**
 * Who speaks where the recording does not tell (one channel). Turns mostly alternate, an agent opens, and both
 * sides use words of their role; the likeliest sequence under these three is taken (Viterbi). Turns whose
 * speaker is known stay as they are.
 */
export function inferSpeakers(turns: readonly HeardTurn[]): HeardTurn[] {
  if (turns.every((turn) => turn.speaker !== 'unknown')) return [...turns];
  const roles: Speaker[] = ['ivr', 'agent', 'caller'];
  const n = turns.length;
  const score: number[][] = [];
  const from: number[][] = [];
  for (let i = 0; i < n; i++) {
    score.push([]);
    from.push([]);
    for (let r = 0; r < 3; r++) {
      const here = emission(turns[i]!, roles[r]!, i);
      let best = i === 0 ? [0.2, 0, -2][r]! : Number.NEGATIVE_INFINITY;
      let origin = -1;
      for (let p = 0; i > 0 && p < 3; p++) {
        const value = score[i - 1]![p]! + transition(p, r);
        if (value > best) [best, origin] = [value, p];
      }
      score[i]![r] = best + here;
      from[i]![r] = origin;
    }
  }
  const out = [...turns];
  let r = n === 0 ? 0 : [0, 1, 2].reduce((a, b) => (score[n - 1]![b]! > score[n - 1]![a]! ? b : a));
  for (let i = n - 1; i >= 0; i--) {
    out[i] = { ...turns[i]!, speaker: roles[r]! };
    r = Math.max(0, from[i]![r]!);
  }
  return out;
}

function transition(previous: number, next: number): number {
  if (previous === 0) return [-0.5, 0, -1.5][next]!;
  if (next === 0) return -6;
  return previous === next ? -2.5 : 0;
}

function emission(turn: HeardTurn, role: Speaker, position: number): number {
  if (turn.speaker !== 'unknown') return turn.speaker === role ? 0 : -50;
  if (role === 'ivr') {
    if (position > 4) return -4;
    const personal = / (im|this is|speaking|my name|i)(?= |$)/.test(turn.text);
    return menu.test(turn.text) && !personal && !turn.asks
      ? 1.5
      : position === 0 && !personal && !turn.asks
        ? -0.8
        : -2.5;
  }
  const agent = (turn.text.match(agentWords) ?? []).length + (turn.asks ? 0.5 : 0);
  const caller = (turn.text.match(callerWords) ?? []).length;
  const lean = Math.max(-1.5, Math.min(1.5, 0.45 * (agent - caller)));
  return role === 'agent' ? lean : -lean;
}
