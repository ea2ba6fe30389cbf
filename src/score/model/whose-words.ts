import type { Answer, Evidence, Judgement } from '../../domain/answer.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';

/** Speakers are inferred on recordings of one channel; below this a turn may be the other side's. */
const surelyTheirs = 0.8;

/**
 * A yes or no about what the caller says, on the agent's words alone, becomes `unknown`: what an agent asks settles
 * nothing, whatever a model makes of it. The quotes must have been checked (evidence.ts).
 */
export function checkWhoseWords(
  judgement: Judgement,
  { criteria }: Pick<Scorecard, 'criteria'>,
  turns: readonly Turn[],
): Judgement {
  const ofCaller = new Set(
    criteria.filter(({ kind, heardFrom }) => kind === 'yes_no' && heardFrom === 'caller').map(({ id }) => id),
  );
  const isOfAgent = ({ turn }: Evidence) => {
    const said = turns[turn];
    return said?.speaker === 'agent' && said.speakerConfidence >= surelyTheirs;
  };
  const check = (answer: Answer): Answer => {
    const { criterion, value, evidence } = answer;
    if (!ofCaller.has(criterion) || value === 'unknown' || !evidence.every(isOfAgent)) return answer;
    const note = `answered ${value}, but quoted the agent alone`;
    return { ...answer, value: 'unknown', confidence: 0, evidence: [], note };
  };
  return { ...judgement, answers: judgement.answers.map(check) };
}
