import { z } from 'zod';
import { callsSearch } from '../calls/calls-search.ts';

/** The address of the disagreement report: the filters of the list of calls, and by whom they are counted. */
export const disagreementsSearch = callsSearch.omit({ test: true }).extend({
  by: z.enum(['publisher', 'buyer']).optional().catch(undefined),
});
export type DisagreementsSearch = z.output<typeof disagreementsSearch>;
