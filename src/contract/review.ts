import { z } from 'zod';
import { reviewFields } from '../domain/review.ts';
import { evidence } from './evidence.ts';
import { instant } from './shapes.ts';

/** What a person said about one answer, one flag, or a part of a call's outcome. */
export const review = z
  .object({
    id: z.string(),
    call_id: z.string(),
    field: z.enum(reviewFields),
    subject: z.string().describe("criterion of an answer, name of a flag, else ''"),
    value: z.string(),
    prospect_reason: z.string().nullable(),
    evidence: z.array(evidence),
    reason: z.string(),
    judged: z.string().nullable().describe('what the judge had said at that time'),
    reviewed_by: z.string(),
    reviewed_at: instant,
    undone_by: z.string().nullable(),
    undone_at: instant.nullable().describe('null: it stands'),
  })
  .meta({ id: 'Review' });
export type ReviewBody = z.infer<typeof review>;
