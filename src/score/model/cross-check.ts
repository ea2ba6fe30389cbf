import type { Answer, Judgement } from '../../domain/answer.ts';

/** What is left of the confidence in an answer that the other judge contradicts. */
const doubt = 0.5;

/**
 * The model's judgement, with less confidence where the local judge heard something else. The model's answers stay:
 * the local judge checks, it does not decide.
 */
export function crossCheck(model: Judgement, local: Judgement, judge: string): Judgement {
  const heard = new Map(local.answers.map((answer) => [answer.criterion, answer]));
  return {
    ...model,
    judge,
    answers: model.answers.map((answer) => checked(answer, heard.get(answer.criterion))),
  };
}

function checked(answer: Answer, other: Answer | undefined): Answer {
  if (!other || other.value === 'unknown' || answer.value === 'unknown' || other.value === answer.value) {
    return answer;
  }
  const note = `the local judge heard ${other.value}`;
  return {
    ...answer,
    confidence: answer.confidence * doubt,
    note: answer.note ? `${answer.note}; ${note}` : note,
  };
}
