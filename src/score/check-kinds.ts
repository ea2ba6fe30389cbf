import type { Judgement } from '../domain/answer.ts';
import { fitsKind } from '../domain/criterion-value.ts';
import type { Scorecard } from '../domain/scorecard.ts';

/**
 * One answer per criterion of the scorecard, in its order. What a judge left out, or answered with a value that the
 * criterion cannot have, is unknown with a note; answers to criteria that do not exist go.
 */
export function checkKinds(judgement: Judgement, scorecard: Scorecard): Judgement {
  return {
    ...judgement,
    answers: scorecard.criteria.map((criterion) => {
      const answer = judgement.answers.find((one) => one.criterion === criterion.id);
      if (answer && fitsKind(criterion, answer.value)) return answer;
      const note = answer
        ? `answered "${answer.value.slice(0, 80)}", which is no ${criterion.kind}`
        : 'not answered';
      return { criterion: criterion.id, value: 'unknown', confidence: 0, evidence: [], note };
    }),
  };
}
