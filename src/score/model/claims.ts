import { z } from 'zod';
import type { Answer, Evidence, Judgement } from '../../domain/answer.ts';
import { flagValues, notAProspectReasons, resultValues } from '../../domain/outcome.ts';
import type { Criterion, Scorecard } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';

const quotes = z.array(z.object({ turn: z.int(), quote: z.string() })).max(4);

/** What a model fills in for some criteria: claims with quotes, never an outcome. */
export const answersSchema = z.object({
  answers: z.array(
    z.object({ criterion: z.string(), value: z.string(), confidence: z.number().min(0).max(1), quotes }),
  ),
});

/** What a model fills in for the call as a whole. */
export const verdictSchema = z.object({
  disqualifier: z.object({ reason: z.enum(notAProspectReasons), quotes }).nullable(),
  result: z.object({ value: z.enum(resultValues), quotes }),
  flags: z.array(z.object({ flag: z.enum(flagValues), quotes })),
});

type Claim = z.infer<typeof answersSchema>['answers'][number];
export type Claims = z.infer<typeof answersSchema> & z.infer<typeof verdictSchema>;

/**
 * Claims as a judgement over the scorecard's own criteria: one answer each, in its order; what the model left out,
 * made up, or answered outside the allowed values is `unknown`. The quotes are still to be checked (evidence.ts).
 */
export function toJudgement(
  claims: Claims,
  scorecard: Scorecard,
  turns: readonly Turn[],
  judge: string,
): Judgement {
  const evidence = (list: Claim['quotes']): Evidence[] =>
    list.map(({ turn, quote }) => {
      const { speaker, start, end } = turns[turn] ?? { speaker: 'unknown' as const, start: 0, end: 0 };
      return { turn, quote, speaker, start, end };
    });
  const { disqualifier, result, flags } = claims;
  return {
    judge,
    reached: 'conversation',
    answers: scorecard.criteria.map((criterion) => {
      const claim = claims.answers.find((one) => one.criterion === criterion.id);
      return toAnswer(criterion, claim, evidence);
    }),
    disqualifier: disqualifier && { reason: disqualifier.reason, evidence: evidence(disqualifier.quotes) },
    result: { value: result.value, evidence: evidence(result.quotes) },
    flags: flags.map(({ flag, quotes: list }) => ({ flag, evidence: evidence(list) })),
  };
}

function toAnswer(
  { id, kind, choices }: Pick<Criterion, 'id' | 'kind' | 'choices'>,
  claim: Claim | undefined,
  evidence: (quotes: Claim['quotes']) => Evidence[],
): Answer {
  const unknown = (note: string): Answer => ({
    criterion: id,
    value: 'unknown',
    confidence: 0,
    evidence: [],
    note,
  });
  if (!claim) return unknown('the model did not answer');
  const allowed = kind === 'yes_no' ? ['yes', 'no'] : kind === 'choice' ? choices : null;
  if (claim.value === 'unknown' || (allowed && !allowed.includes(claim.value))) {
    return unknown('the model could not tell');
  }
  const { value, confidence } = claim;
  return { criterion: id, value, confidence, evidence: evidence(claim.quotes), note: null };
}
