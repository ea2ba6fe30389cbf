import { z } from 'zod';
import type { Evidence, Judgement } from '../../domain/answer.ts';
import { flagValues, notAProspectReasons, resultValues } from '../../domain/outcome.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';

const quotes = z.array(z.object({ turn: z.int(), quote: z.string() })).max(4);

/** What a model is asked to fill in: claims with quotes, never an outcome. */
export const claimsSchema = z.object({
  answers: z.array(
    z.object({
      criterion: z.string(),
      value: z.string(),
      confidence: z.number().min(0).max(1),
      quotes,
    }),
  ),
  disqualifier: z.object({ reason: z.enum(notAProspectReasons), quotes }).nullable(),
  result: z.object({ value: z.enum(resultValues), quotes }),
  flags: z.array(z.object({ flag: z.enum(flagValues), quotes })),
});
export type Claims = z.infer<typeof claimsSchema>;

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
  const evidence = (list: Claims['answers'][number]['quotes']): Evidence[] =>
    list.map(({ turn, quote }) => {
      const { speaker, start, end } = turns[turn] ?? { speaker: 'unknown' as const, start: 0, end: 0 };
      return { turn, quote, speaker, start, end };
    });
  return {
    judge,
    reached: 'conversation',
    answers: scorecard.criteria.map(({ id, kind, choices }) => {
      const claim = claims.answers.find(({ criterion }) => criterion === id);
      const allowed = kind === 'yes_no' ? ['yes', 'no'] : kind === 'choice' ? choices : null;
      if (!claim || claim.value === 'unknown' || (allowed && !allowed.includes(claim.value)))
        return {
          criterion: id,
          value: 'unknown',
          confidence: 0,
          evidence: [],
          note: claim ? 'the model could not tell' : 'the model did not answer',
        };
      return {
        criterion: id,
        value: claim.value,
        confidence: claim.confidence,
        evidence: evidence(claim.quotes),
        note: null,
      };
    }),
    disqualifier: claims.disqualifier && {
      reason: claims.disqualifier.reason,
      evidence: evidence(claims.disqualifier.quotes),
    },
    result: { value: claims.result.value, evidence: evidence(claims.result.quotes) },
    flags: claims.flags.map(({ flag, quotes: list }) => ({ flag, evidence: evidence(list) })),
  };
}
