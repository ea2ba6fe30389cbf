import type { Turn } from '../../domain/transcript.ts';
import { type Role, roleEvidence } from './speaker-cues.ts';

const roles: Role[] = ['caller', 'agent', 'ivr'];

/** Who answers an incoming call. */
const first: Record<Role, number> = { caller: 0.1, agent: 0.6, ivr: 0.3 };

/** Who speaks next: mostly the other one; after a long silence the same one as often. */
const next: Record<Role, Record<Role, number>> = {
  caller: { caller: 0.1, agent: 0.89, ivr: 0.01 },
  agent: { caller: 0.89, agent: 0.1, ivr: 0.01 },
  ivr: { caller: 0.15, agent: 0.55, ivr: 0.3 },
};
const longPauseSeconds = 2.5;
/** Words of a turn never settle who speaks beyond doubt. */
const strongest = 5;
/** A text alone is never sure. */
const surest = 0.95;

/**
 * Gives each turn of a one-channel recording a speaker by its words and by the alternation of talk: a hidden Markov
 * model over caller, agent and recorded voice, read with the forward-backward algorithm. Confidence is the posterior.
 * @param hint what is known of a turn besides its words: a role and its weight in nats
 */
export function attributeSpeakers(
  turns: readonly Turn[],
  hint: (index: number) => { role: Role; weight: number } | null = () => null,
): Turn[] {
  const emissions = turns.map((turn, index) => {
    const evidence = roleEvidence(turn.text);
    const known = hint(index);
    const weights = toWeights(evidence);
    if (known) weights[known.role] *= Math.exp(known.weight);
    // a menu or a greeting sounds on the agent's side: its voice counts as the agent's
    if (known?.role === 'agent') weights.ivr *= Math.exp(known.weight);
    return weights;
  });
  const forward = passForward(turns, emissions);
  const backward = passBackward(turns, emissions);
  return turns.map((turn, index) => {
    const weights = roles.map((role) => forward[index]![role] * backward[index]![role]);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const best = weights.indexOf(Math.max(...weights));
    const confidence = Math.min(surest, weights[best]! / total);
    return { ...turn, speaker: roles[best]!, speakerConfidence: Number(confidence.toFixed(2)) };
  });
}

type Weights = Record<Role, number>;

function toWeights(evidence: Weights): Weights {
  const clamp = (value: number) => Math.exp(Math.max(-strongest, Math.min(strongest, value)));
  return { caller: clamp(evidence.caller), agent: clamp(evidence.agent), ivr: clamp(evidence.ivr) };
}

function transition(from: Role, to: Role, pause: number): number {
  const usual = next[from][to];
  if (pause < longPauseSeconds || from === 'ivr' || to === 'ivr') return usual;
  return 0.5;
}

function pauseBefore(turns: readonly Turn[], index: number): number {
  return turns[index]!.start - turns[index - 1]!.end;
}

function passForward(turns: readonly Turn[], emissions: Weights[]): Weights[] {
  const result: Weights[] = [];
  for (const [index, emission] of emissions.entries()) {
    const before = result.at(-1);
    result.push(
      normalized((role) => {
        if (!before) return first[role] * emission[role];
        const pause = pauseBefore(turns, index);
        return (
          emission[role] * roles.reduce((sum, from) => sum + before[from] * transition(from, role, pause), 0)
        );
      }),
    );
  }
  return result;
}

function passBackward(turns: readonly Turn[], emissions: Weights[]): Weights[] {
  const result: Weights[] = turns.map(() => ({ caller: 1, agent: 1, ivr: 1 }));
  for (let index = turns.length - 2; index >= 0; index--) {
    const after = result[index + 1]!;
    const emission = emissions[index + 1]!;
    const pause = pauseBefore(turns, index + 1);
    result[index] = normalized((role) =>
      roles.reduce((sum, to) => sum + transition(role, to, pause) * emission[to] * after[to], 0),
    );
  }
  return result;
}

function normalized(weigh: (role: Role) => number): Weights {
  const weights = { caller: weigh('caller'), agent: weigh('agent'), ivr: weigh('ivr') };
  const total = weights.caller + weights.agent + weights.ivr;
  return { caller: weights.caller / total, agent: weights.agent / total, ivr: weights.ivr / total };
}
