import { z } from 'zod';
import { periodSearch } from '../../period/period.ts';

/** The address of a publisher's or buyer's scorecard. */
export const partyScorecardSearch = z.object({
  ...periodSearch,
  party: z.enum(['publisher', 'buyer']).catch('publisher'),
  name: z.string().catch(''),
});
