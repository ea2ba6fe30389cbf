import { z } from 'zod';
import { dimensions } from '../../../../src/contract/reports.ts';
import { callsSearch } from '../calls/calls-search.ts';

/** A dimension, or a field of the sender's own, `extra.<name>`. */
const dimension = z
  .union([z.enum(dimensions), z.templateLiteral(['extra.', z.string().min(1).max(200)])])
  .optional()
  .catch(undefined);

/** The address of a report: the filters of the list of calls, and how they are counted. */
export const reportsSearch = callsSearch.omit({ test: true }).extend({
  by: dimension,
  then_by: dimension,
  compare: z.enum(['previous', 'year']).optional().catch(undefined),
  as: z.enum(['first']).optional().catch(undefined),
  zone: z.enum(['connection']).optional().catch(undefined),
  metrics: z.enum(['quality', 'money', 'disagreements']).optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type ReportsSearch = z.output<typeof reportsSearch>;
