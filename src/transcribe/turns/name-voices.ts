import type { Turn } from '../../domain/transcript.ts';
import { attributeSpeakers } from './attribute-speakers.ts';
import { type Role, roleEvidence } from './speaker-cues.ts';

/** A turn of a one-channel recording, and which of two voices says it; null where that is not known. */
export type VoicedTurn = { turn: Turn; voice: 0 | 1 | null };

/** Who speaks first on an incoming call, in nats: rather the one who answers. */
const answersFirst = 0.6;
/** A recorded voice sounds like one of the two; what it says counts for neither, but not too easily. */
const recordedCost = 1.5;
/** One turn's words never settle it alone. */
const strongest = 4;
/** What a voice adds to a turn's words once the voices have names, in nats. */
const voiceWeight = 3;

/**
 * Which voice is the caller's, by everything that each of them says: agents greet for a company and ask for
 * particulars, callers tell what is wrong and answer.
 * @returns the role of voice 0, and how sure that is, 0.5..1
 */
export function nameVoices(turns: readonly VoicedTurn[]): { first: 'caller' | 'agent'; confidence: number } {
  let forAgent = answersFirst;
  for (const { turn, voice } of turns) {
    if (voice === null) continue;
    const evidence = roleEvidence(turn.text);
    const likely = (role: Role) => Math.max(evidence[role], evidence.ivr - recordedCost);
    const lean = Math.max(-strongest, Math.min(strongest, likely('agent') - likely('caller')));
    forAgent += voice === 0 ? lean : -lean;
  }
  // turns of one call agree with each other more than chance would have it
  const sure = 1 / (1 + Math.exp(-Math.abs(forAgent) / 2));
  return { first: forAgent >= 0 ? 'agent' : 'caller', confidence: Number(sure.toFixed(3)) };
}

/**
 * Speakers of a one-channel recording in which voices were told apart: the voice's name where it says enough, and
 * still the words of a turn where they are clear.
 */
export function attributeVoices(turns: readonly VoicedTurn[]): Turn[] {
  const { first, confidence } = nameVoices(turns);
  const second: Role = first === 'agent' ? 'caller' : 'agent';
  const weight = voiceWeight * (2 * confidence - 1);
  return attributeSpeakers(
    turns.map(({ turn }) => turn),
    (index) => {
      const { voice } = turns[index]!;
      return voice === null ? null : { role: voice === 0 ? first : second, weight };
    },
  );
}
