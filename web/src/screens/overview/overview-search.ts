import { z } from 'zod';
import { extraPrefix } from '../../../../src/domain/mapping.ts';
import { closedPeriodSearch } from '../../period/period.ts';

/** What the overview's table can be broken down by. */
export const groupings = ['publisher', 'buyer', 'campaign', 'vertical', 'state', 'connection'] as const;
/** One of these, or a field of the senders' own, `extra.<name>`. */
export type Grouping = (typeof groupings)[number] | `${typeof extraPrefix}${string}`;

/** The overview's address. */
export const overviewSearch = z.object({
  ...closedPeriodSearch,
  compare: z.enum(['previous', 'none']).optional().catch(undefined),
  by: z
    .union([z.enum(groupings), z.templateLiteral([extraPrefix, z.string().min(1).max(200)])])
    .optional()
    .catch(undefined),
  metric: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type OverviewSearch = z.output<typeof overviewSearch>;
