import { z } from 'zod';
import { callFilters, disagreements } from './calls.ts';
import { metric } from './reports.ts';
import { route } from './route.ts';
import { callReference } from './search.ts';
import { decimal, none, page, pageQuery } from './shapes.ts';

const stake = z.object({
  calls: z.int(),
  money: decimal.nullable(),
  known: z.int().describe('of so many of the calls the money is known; it is theirs alone'),
});

export const disagreementReport = z
  .object({
    by: z.enum(['publisher', 'buyer']),
    from: z.string(),
    to: z.string(),
    time_zone: z.string(),
    currencies: z.array(z.string()).describe('more than one: the money mixes currencies, filter first'),
    metrics: z.array(metric).describe('what its figures count'),
    kinds: z.array(
      z.object({
        kind: z.enum(disagreements),
        label: z.string(),
        definition: z.string(),
        money_definition: z.string(),
        estimated: z.boolean(),
      }),
    ),
    rows: z
      .array(
        z.object({
          key: z.string().nullable(),
          label: z.string(),
          scored: z.int(),
          disagreements: z.int(),
          kinds: z.record(z.enum(disagreements), stake),
        }),
      )
      .describe('those with a disagreement, most first'),
    total: z.object({
      scored: z.int(),
      disagreements: z.int(),
      kinds: z.record(z.enum(disagreements), stake),
    }),
  })
  .meta({ id: 'DisagreementReport' });
export type DisagreementReportBody = z.infer<typeof disagreementReport>;

export const getDisagreements = route({
  method: 'GET',
  path: '/v1/reports/disagreements',
  summary: 'Where reported and heard disagree, in calls and money, by publisher or buyer',
  access: 'read',
  params: z.object({}),
  query: z.object({ by: z.enum(['publisher', 'buyer']).default('publisher'), ...callFilters }),
  body: none,
  response: disagreementReport,
  status: 200,
});

export const quote = z
  .object({
    about: z.string().describe('what it speaks for: `result`, or the reason or criterion'),
    quote: z.string(),
    speaker: z.string(),
    turn: z.int(),
    start: z.number(),
  })
  .meta({ id: 'Quote' });

export const disagreeingCall = z
  .object({
    ...callReference,
    sale_amount: decimal.nullable(),
    sale_count: z.number().nullable(),
    reason: z.string().nullable(),
    explanation: z.string().nullable(),
    quotes: z.array(quote),
  })
  .meta({ id: 'DisagreeingCall' });
export type DisagreeingCallBody = z.infer<typeof disagreeingCall>;

export const listDisagreeingCalls = route({
  method: 'GET',
  path: '/v1/reports/disagreements/calls',
  summary: 'The calls behind the disagreements, newest first, with the words that speak for the outcome',
  access: 'read',
  params: z.object({}),
  query: z.object({ ...callFilters, ...pageQuery }),
  body: none,
  response: page(disagreeingCall),
  status: 200,
});
