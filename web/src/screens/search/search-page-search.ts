import { z } from 'zod';
import { periodSearch } from '../../period/period.ts';

const text = z.string().min(1).optional().catch(undefined);

/** The address of the search in transcripts. */
export const searchPageSearch = z.object({
  ...periodSearch,
  q: text,
  order: z.enum(['newest', 'rank']).optional().catch(undefined),
  publisher_name: text,
  buyer_name: text,
});
export type SearchPageSearch = z.output<typeof searchPageSearch>;
