import { z } from 'zod';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

/** Fields whose changes are kept: what the platform reports of money and sales, and what was found on the call. */
export const changedFields = [
  'converted',
  'revenue',
  'affiliate_payout',
  'cost',
  'sale_amount',
  'sale_count',
  'reached',
  'prospect',
  'reason',
  'result',
  'billable',
  'score',
] as const;

/** Of these, the amounts of money: `before`, `after` and `difference` are in `currency`. */
export const changedMoney: ReadonlySet<string> = new Set<(typeof changedFields)[number]>([
  'revenue',
  'affiliate_payout',
  'cost',
  'sale_amount',
]);

export const change = z
  .object({
    id: z.string(),
    call_id: z.string(),
    call_instance_id: z.string(),
    connection_id: z.string(),
    call_at: instant,
    publisher_name: z.string().nullable(),
    buyer_name: z.string().nullable(),
    currency: z.string(),
    changed_at: instant,
    field: z.enum(changedFields),
    before: z.string().nullable(),
    after: z.string().nullable(),
    difference: z.string().nullable().describe('after − before, where both are numbers'),
    cause: z.object({
      kind: z
        .enum(['event', 'replay', 'judge', 'person'])
        .describe('`replay`: events read again by other settings; `judge`: judged again'),
      event_id: z.string().nullable(),
      evaluation_id: z.string().nullable(),
      by: z.string().nullable().describe('the person, or the judge with its scorecard version'),
    }),
  })
  .meta({ id: 'Change' });
export type ChangeBody = z.infer<typeof change>;

export const listChanges = route({
  method: 'GET',
  path: '/v1/reports/changes',
  summary: 'Every change of money and outcome since they were first reported, newest first, with its cause',
  access: 'read',
  params: z.object({}),
  query: z.object({
    from: z.string().optional().describe('changed since: date (in `time_zone`) or instant, inclusive'),
    to: z.string().optional().describe('changed before: date (whole day included) or instant, exclusive'),
    time_zone: z.string().optional(),
    call_id: z.string().optional(),
    connection_id: z.string().optional(),
    publisher_name: z.string().optional(),
    buyer_name: z.string().optional(),
    field: z.enum(changedFields).optional(),
    ...pageQuery,
  }),
  body: none,
  response: page(change),
  status: 200,
});
