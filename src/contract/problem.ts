import { z } from 'zod';

/** RFC 9457 problem details, the only error body that Aria sends. */
export const problem = z
  .object({
    type: z.string().describe('stable identifier of the kind of problem, e.g. `/problems/unauthorized`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional().describe('what happened, where, and what to do'),
    id: z.string().optional().describe('event id, where the request was kept; or the id to find in the log'),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('one entry per wrong parameter or field'),
  })
  .meta({ id: 'Problem' });

export type ProblemBody = z.infer<typeof problem>;
