import { z } from 'zod';
import { periodSearch } from '../../period/period.ts';

/** What the overview's table can be broken down by. */
export const groupings = ['publisher', 'buyer', 'campaign', 'vertical', 'state', 'connection'] as const;
export type Grouping = (typeof groupings)[number];

/** The overview's address. */
export const overviewSearch = z.object({
  ...periodSearch,
  compare: z.enum(['previous', 'none']).optional().catch(undefined),
  by: z.enum(groupings).optional().catch(undefined),
  metric: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type OverviewSearch = z.output<typeof overviewSearch>;
