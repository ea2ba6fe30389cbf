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
  'zip',
  'branch',
  'data_source',
  'end_source',
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
  'flag',
  'scorecard',
  'disagreement',
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
    unit: z.enum(['count', 'money', 'percent', 'seconds', 'score', 'ratio']),
    definition: z.string().describe('formula in words'),
    denominator: z.string().nullable(),
  })
  .meta({ id: 'Metric' });
export type MetricBody = z.infer<typeof metric>;

/** Metric id → value; unknown (nothing to divide by, nothing measured) is null. Money is decimal text. */
const values = z.record(z.string(), z.union([z.number(), z.string()]).nullable());

/** How sure a rate is: of how many, and the Wilson interval at 95 %, in percent. */
const rate = z.object({ n: z.int(), low: z.number().nullable(), high: z.number().nullable() });
const rates = z.record(z.string(), rate);

const known = z
  .record(z.string(), z.object({ n: z.int(), of: z.int() }))
  .describe(
    'sums of money of disagreements: of `n` of their `of` calls the amount is known, the others are left out',
  );

export const breakdown = z
  .object({
    by: dimension,
    then_by: dimension.optional().describe('the second dimension, where one was asked for'),
    from: z.string(),
    to: z.string(),
    time_zone: z.string().describe("`connection`: each call by its own connection's clocks"),
    as: z.enum(['now', 'first']).describe('as of now, or as first reported and first judged'),
    currencies: z.array(z.string()).describe('more than one: money columns mix currencies, filter first'),
    metrics: z.array(metric),
    new_below: z.int().describe('names with fewer calls than this are new: their rates say little yet'),
    rows: z
      .array(
        z.object({
          key: z.string().nullable(),
          label: z.string(),
          second: z
            .object({ key: z.string().nullable(), label: z.string() })
            .optional()
            .describe('key of the second dimension'),
          values,
          rates,
          known,
          is_new: z.boolean(),
          previous: values.nullable().optional().describe('the same name in the period compared with'),
        }),
      )
      .describe('names by calls, most first; times in order, without those that had no call'),
    omitted_rows: z.int().optional().describe('rows beyond the limit; they are part of the total'),
    total: values,
    total_rates: rates,
    total_known: known,
    previous_total: values.nullable().describe('the period compared with'),
    previous_period: z.object({ from: z.string(), to: z.string() }).nullable(),
    answered_from: z
      .enum(['rollups', 'calls'])
      .describe('sums kept up to date, or the calls themselves; the figures are the same'),
  })
  .meta({ id: 'Breakdown' });
export type BreakdownBody = z.infer<typeof breakdown>;

export const getBreakdown = route({
  method: 'GET',
  path: '/v1/reports/breakdown',
  summary: 'Calls, outcomes and money by one or two dimensions, with totals and definitions',
  access: 'read',
  params: z.object({}),
  query: z.object({
    by: dimension.default('publisher').describe('or `extra.<name>`: a field outside the contract'),
    then_by: dimension.optional().describe('a second dimension'),
    ...callFilters,
    time_zone: z
      .string()
      .optional()
      .describe("IANA zone of days and hours, or `connection` for that of each call's connection"),
    compare: z
      .enum(['none', 'previous', 'year'])
      .default('none')
      .describe('with as many days just before, or with the same days a year before'),
    as: z
      .enum(['now', 'first'])
      .default('now')
      .describe('`first`: money and outcome as they were first reported and first judged'),
    new_below: z.coerce.number().int().min(0).max(100_000).default(100),
  }),
  body: none,
  response: breakdown,
  status: 200,
});

export const listMetrics = route({
  method: 'GET',
  path: '/v1/reports/metrics',
  summary: 'Definitions of all metrics and of the figures of every report',
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
