import { z } from 'zod';
import { periodSearch } from '../../period/period.ts';

/** The address of the page about traffic. */
export const trafficSearch = z.object({
  ...periodSearch,
  tab: z.enum(['coverage', 'threshold', 'repeat', 'silent']).optional().catch(undefined),
});
