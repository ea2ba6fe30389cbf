import { z } from 'zod';
import { type RangeField, rangeFields } from '../../../../src/contract/call-ranges.ts';
import { disagreements } from '../../../../src/contract/calls.ts';
import {
  billableValues,
  flagValues,
  prospectValues,
  reachedValues,
  resultValues,
} from '../../../../src/domain/outcome.ts';
import { stageStateFilters } from '../../../../src/domain/stage.ts';
import { viewerZone } from '../../format/time.ts';
import { periodQuery, periodSearch } from '../../period/period.ts';

const text = z.string().min(1).optional().catch(undefined);
const yesOrNo = z.enum(['true', 'false']).optional().catch(undefined);
const bound = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
  .optional()
  .catch(undefined);

/** The least and the most of a number of a call. */
export const rangeNames = rangeFields.flatMap((field) => [`${field}_min`, `${field}_max`] as const);
const ranges = Object.fromEntries(rangeNames.map((name) => [name, bound])) as Record<
  `${RangeField}_${'min' | 'max'}`,
  typeof bound
>;

/** The filters of the list of calls as they stand in the address; what cannot be read is dropped. */
export const callsSearch = z.object({
  ...periodSearch,
  connection_id: text,
  publisher_name: text,
  publisher_sub_id: text,
  subsource: text,
  buyer_name: text,
  campaign_name: text,
  target_name: text,
  vertical: text,
  inbound_number_state: text,
  zip_code: text,
  branch_name: text,
  data_source: text,
  end_call_source: text,
  campaign_id: text,
  campaign_tracking_id: text,
  client_id: text,
  client_lead_id: text,
  target_did: text,
  target_sub_id: text,
  referrer_url: text,
  caller_id: text,
  call_instance_id: text,
  reached: z.enum(reachedValues).optional().catch(undefined),
  prospect: z.enum(prospectValues).optional().catch(undefined),
  reason: text,
  result: z.enum(resultValues).optional().catch(undefined),
  billable: z.enum(billableValues).optional().catch(undefined),
  flag: z
    .enum([...flagValues, 'any', 'none'])
    .optional()
    .catch(undefined),
  scorecard: text,
  connected: yesOrNo,
  converted: yesOrNo,
  is_duplicate: yesOrNo,
  is_repeat: yesOrNo,
  ...ranges,
  disagreement: z
    .enum([...disagreements, 'any'])
    .optional()
    .catch(undefined),
  stage_state: z.enum(stageStateFilters).optional().catch(undefined),
  test: z.enum(['include', 'only']).optional().catch(undefined),
  /** `name=value` of a field outside the contract. */
  extra: z
    .string()
    .regex(/^[^=]+=/)
    .optional()
    .catch(undefined),
  phrase: text,
});
export type CallsSearch = z.output<typeof callsSearch>;

/** The filters but the period. */
export type CallsFilter = Exclude<keyof CallsSearch, 'period' | 'from' | 'to'>;

/** What the API is asked for. */
export function callsQuery({ period, from, to, ...filters }: CallsSearch, now: Date) {
  return { ...filters, ...periodQuery({ period, from, to }, now, viewerZone), time_zone: viewerZone };
}
