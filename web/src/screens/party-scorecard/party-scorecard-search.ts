import { z } from 'zod';
import { closedPeriodSearch } from '../../period/period.ts';

/** The address of a publisher's or buyer's scorecard. */
export const partyScorecardSearch = z.object({
  ...closedPeriodSearch,
  party: z.enum(['publisher', 'buyer']).catch('publisher'),
  name: z.string().catch(''),
});
