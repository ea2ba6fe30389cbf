import type { Answer, Evidence, Judgement } from '../../domain/answer.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { Speaker, Turn } from '../../domain/transcript.ts';

/** Speakers are inferred on recordings of one channel; below this a turn may be the other side's. */
const surelyTheirs = 0.8;

/** Whose words count for nothing where only this side's do; a recorded announcement is the agent's. */
const others: Record<'caller' | 'agent', readonly Speaker[]> = {
  caller: ['agent', 'ivr'],
  agent: ['caller'],
};

/**
 * A yes or no about what one side says, on the other's words alone, becomes `unknown`: what an agent asks settles
 * nothing, nor what a caller says the agent said, whatever a model makes of it. The quotes must have been checked
 * (evidence.ts).
 */
export function checkWhoseWords(
  judgement: Judgement,
  { criteria }: Pick<Scorecard, 'criteria'>,
  turns: readonly Turn[],
): Judgement {
  const sides = new Map(
    criteria.filter(({ kind }) => kind === 'yes_no').map((one) => [one.id, one.heardFrom]),
  );
  const check = (answer: Answer): Answer => {
    const { criterion, value, evidence } = answer;
    const side = sides.get(criterion);
    if (!side || side === 'anyone' || value === 'unknown') return answer;
    const isOfOthers = ({ turn }: Evidence) => {
      const said = turns[turn];
      return said && others[side].includes(said.speaker) && said.speakerConfidence >= surelyTheirs;
    };
    if (!evidence.every(isOfOthers)) return answer;
    const note = `answered ${value}, but quoted the ${side === 'caller' ? 'agent' : 'caller'} alone`;
    return { ...answer, value: 'unknown', confidence: 0, evidence: [], note };
  };
  return { ...judgement, answers: judgement.answers.map(check) };
}
