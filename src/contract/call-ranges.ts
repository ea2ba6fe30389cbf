import { z } from 'zod';

/** Numbers of a call that filters bound, `<field>_min` and `<field>_max`, both included. */
export const rangeFields = [
  'score',
  'connected_call_length',
  'duration',
  'time_to_call',
  'time_to_connect',
  'revenue',
  'affiliate_payout',
  'cost',
  'sale_amount',
  'sale_count',
] as const;
export type RangeField = (typeof rangeFields)[number];

const bound = z
  .string()
  .regex(/^(-?\d{1,15}(\.\d{1,10})?)?$/, 'Expected a number such as 90 or 12.50')
  .optional();

type Ranges = Record<`${RangeField}_${'min' | 'max'}`, typeof bound>;

/** The filters; a call of which the number is unknown is not within any bound. */
export const callRanges = Object.fromEntries(
  rangeFields.flatMap((field) => [
    [`${field}_min`, bound],
    [`${field}_max`, bound],
  ]),
) as Ranges;
