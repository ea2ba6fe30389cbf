import { z } from 'zod';
import { extraPrefix } from '../domain/mapping.ts';
import { callFilters } from './calls.ts';
import { route } from './route.ts';
import { none } from './shapes.ts';

/** What a report can be broken down by. Times are in the query's zone; `hour` is the hour of the day, 00–23. */
export const dimensions = [
  'publisher',
  'publisher_sub_id',
  'subsource',
  'buyer',
  'campaign',
  'target',
  'vertical',
  'state',
  'connection',
  'day',
  'week',
  'month',
  'hour',
  'weekday',
  'reached',
  'prospect',
  'reason',
  'result',
  'billable',
] as const;
export type Dimension = (typeof dimensions)[number];

/** A field outside the contract, `extra.<name>`, by the name under which calls keep it. */
export type ExtraDimension = `${typeof extraPrefix}${string}`;

const dimension = z.union(
  [z.enum(dimensions), z.templateLiteral([extraPrefix, z.string().min(1).max(200)])],
  { error: `expected one of ${dimensions.join(', ')}, or ${extraPrefix}<name> for a field of your own` },
);

/** A metric's definition, shown wherever its number is. */
export const metric = z
  .object({
    id: z.string(),
    label: z.string(),
    unit: z.enum(['count', 'money', 'percent', 'seconds', 'score']),
    definition: z.string().describe('formula in words'),
    denominator: z.string().nullable(),
  })
  .meta({ id: 'Metric' });
export type MetricBody = z.infer<typeof metric>;

/** Metric id → value; unknown (nothing to divide by, nothing measured) is null. Money is decimal text. */
const values = z.record(z.string(), z.union([z.number(), z.string()]).nullable());

export const breakdown = z
  .object({
    by: dimension,
    from: z.string(),
    to: z.string(),
    time_zone: z.string(),
    currencies: z.array(z.string()).describe('more than one: money columns mix currencies, filter first'),
    metrics: z.array(metric),
    rows: z
      .array(z.object({ key: z.string().nullable(), label: z.string(), values }))
      .describe('names by calls, most first; times in order, without those that had no call'),
    omitted_rows: z.int().optional().describe('rows beyond the limit; they are part of the total'),
    total: values,
    previous_total: values.nullable().describe('the period of equal length just before'),
  })
  .meta({ id: 'Breakdown' });
export type BreakdownBody = z.infer<typeof breakdown>;

export const getBreakdown = route({
  method: 'GET',
  path: '/v1/reports/breakdown',
  summary: 'Calls, outcomes and money by one dimension, with totals and definitions',
  access: 'read',
  params: z.object({}),
  query: z.object({
    by: dimension.default('publisher').describe('or `extra.<name>`: a field outside the contract'),
    ...callFilters,
    compare: z.enum(['none', 'previous']).default('none'),
  }),
  body: none,
  response: breakdown,
  status: 200,
});

export const listMetrics = route({
  method: 'GET',
  path: '/v1/reports/metrics',
  summary: 'Definitions of all metrics',
  access: 'read',
  params: z.object({}),
  query: z.object({}),
  body: none,
  response: z.object({ items: z.array(metric) }),
  status: 200,
});

export const pipelineState = z
  .object({
    stages: z.array(
      z.object({
        stage: z.string(),
        counts: z.record(z.string(), z.int()).describe('state → calls'),
        estimated: z
          .boolean()
          .optional()
          .describe('true where the calls done or skipped are too many to count: from statistics'),
        oldest_waiting_at: z.string().nullable(),
        failures: z.array(z.object({ code: z.string(), calls: z.int(), advice: z.string() })),
      }),
    ),
  })
  .meta({ id: 'PipelineState' });
export type PipelineStateBody = z.infer<typeof pipelineState>;

export const getPipeline = route({
  method: 'GET',
  path: '/v1/pipeline',
  summary: 'Where calls stand, stage by stage, and what holds them up',
  access: 'read',
  params: z.object({}),
  query: z.object({}),
  body: none,
  response: pipelineState,
  status: 200,
});
