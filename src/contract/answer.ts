import { z } from 'zod';
import {
  billableValues,
  flagValues,
  prospectValues,
  reachedValues,
  resultValues,
} from '../domain/outcome.ts';
import { criterionKinds } from '../domain/scorecard.ts';
import { evidence } from './evidence.ts';

/** The answer that stands to one criterion, and the judge's own where a person reviewed it. */
export const answer = z
  .object({
    criterion: z.string(),
    question: z.string(),
    gate: z.boolean(),
    value: z.string(),
    confidence: z.number(),
    note: z.string().nullable(),
    evidence: z.array(evidence),
    kind: z.enum(criterionKinds).optional(),
    choices: z.array(z.string()).optional().describe('of a criterion of kind choice'),
    judged: z
      .object({
        value: z.string(),
        confidence: z.number(),
        note: z.string().nullable(),
        evidence: z.array(evidence),
      })
      .nullable()
      .optional()
      .describe("the judge's own answer, where a person spoke in its place or confirmed it"),
  })
  .meta({ id: 'Answer' });

/** An outcome as the judge's answers alone make it. */
export const judgedOutcome = z.object({
  reached: z.enum(reachedValues),
  prospect: z.enum(prospectValues),
  reason: z.string().nullable(),
  result: z.enum(resultValues),
  billable: z.enum(billableValues),
  flags: z.array(z.enum(flagValues)),
  explanation: z.string(),
});
