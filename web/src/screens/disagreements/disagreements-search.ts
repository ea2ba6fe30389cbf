import { z } from 'zod';
import { disagreements } from '../../../../src/contract/calls.ts';
import { periodSearch } from '../../period/period.ts';

const text = z.string().min(1).optional().catch(undefined);

/** The address of the disagreement report. */
export const disagreementsSearch = z.object({
  ...periodSearch,
  by: z.enum(['publisher', 'buyer']).optional().catch(undefined),
  publisher_name: text,
  buyer_name: text,
  connection_id: text,
  disagreement: z.enum(disagreements).optional().catch(undefined),
});
export type DisagreementsSearch = z.output<typeof disagreementsSearch>;
