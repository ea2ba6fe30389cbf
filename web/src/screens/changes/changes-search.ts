import { z } from 'zod';
import { changedFields } from '../../../../src/contract/changes.ts';
import { periodSearch } from '../../period/period.ts';

const text = z.string().min(1).optional().catch(undefined);

/** The address of the history of changes. */
export const changesSearch = z.object({
  ...periodSearch,
  field: z.enum(changedFields).optional().catch(undefined),
  publisher_name: text,
  buyer_name: text,
  connection_id: text,
  call_id: text,
});
