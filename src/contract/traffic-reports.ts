import { z } from 'zod';
import { stageStates, stages } from '../domain/stage.ts';
import { callFilters } from './calls.ts';
import { metric } from './reports.ts';
import { route } from './route.ts';
import { callReference } from './search.ts';
import { decimal, instant, none, page, pageQuery } from './shapes.ts';

const period = { from: z.string(), to: z.string(), time_zone: z.string() };
const metrics = z.array(metric).describe('what its figures count');

export const thresholdClustering = z
  .object({
    ...period,
    metrics,
    within_seconds: z.int(),
    rows: z
      .array(
        z.object({
          publisher_name: z.string().nullable(),
          connected: z.int().describe('connected calls whose payable duration is known'),
          within: z.int().describe('of these, so many ended within the seconds around it'),
          share: z.number().nullable().describe('percent'),
          low: z.number().nullable().describe('95 % interval (Wilson)'),
          high: z.number().nullable(),
          just_below: z.int().describe('of those within: ended before it was reached'),
          payable_seconds: z.array(z.number()).describe('the payable durations that applied'),
        }),
      )
      .describe('largest share first'),
    total: z.object({ connected: z.int(), within: z.int(), share: z.number().nullable() }),
    unknown: z.int().describe('connected calls without a known payable duration: not counted'),
  })
  .meta({ id: 'ThresholdClustering' });
export type ThresholdClusteringBody = z.infer<typeof thresholdClustering>;

export const getThresholdClustering = route({
  method: 'GET',
  path: '/v1/reports/threshold-clustering',
  summary: 'Share of connected calls that end within 5 s of the payable duration, by publisher',
  access: 'read',
  params: z.object({}),
  query: z.object({ ...callFilters, within: z.coerce.number().int().min(1).max(60).default(5) }),
  body: none,
  response: thresholdClustering,
  status: 200,
});

export const payableDuration = z
  .object({
    connection_id: z.string().nullable().describe('null: all connections'),
    campaign_name: z.string().nullable().describe('null: all campaigns'),
    seconds: z.number().min(1).max(86_400),
  })
  .meta({ id: 'PayableDuration' });
export type PayableDurationBody = z.infer<typeof payableDuration>;

export const listPayableDurations = route({
  method: 'GET',
  path: '/v1/payable-durations',
  summary: 'From which connected time calls are paid, by connection and campaign',
  access: 'read',
  params: z.object({}),
  query: z.object({}),
  body: none,
  response: z.object({ items: z.array(payableDuration) }),
  status: 200,
});

export const putPayableDuration = route({
  method: 'PUT',
  path: '/v1/payable-durations',
  summary: 'Set, or with `seconds` null remove, a payable duration; the most particular one applies',
  access: 'write',
  params: z.object({}),
  query: z.object({}),
  body: payableDuration.extend({ seconds: payableDuration.shape.seconds.nullable() }),
  response: z.object({ items: z.array(payableDuration) }),
  status: 200,
});

export const repeatCaller = z
  .object({
    caller_id: z.string(),
    calls: z.int(),
    publishers: z.array(z.object({ publisher_name: z.string(), calls: z.int() })),
    first_call_at: instant,
    last_call_at: instant,
    revenue: decimal.nullable(),
    payout: decimal.nullable(),
    currencies: z
      .array(z.string())
      .describe('of these calls; with more than one, the amounts add them up as they stand'),
  })
  .meta({ id: 'RepeatCaller' });
export type RepeatCallerBody = z.infer<typeof repeatCaller>;

export const listRepeatCallers = route({
  method: 'GET',
  path: '/v1/reports/repeat-callers',
  summary: 'Callers whom more than one publisher sent in the period, most calls first',
  access: 'read',
  params: z.object({}),
  query: z.object({ ...callFilters, ...pageQuery }),
  body: none,
  response: page(repeatCaller).extend({ ...period, metrics }),
  status: 200,
});

export const silentSources = z
  .object({
    now: instant,
    metrics,
    items: z.array(
      z.object({
        source: z.enum(['connection', 'publisher', 'campaign']),
        key: z.string(),
        label: z.string(),
        last_call_at: instant,
        silent_seconds: z.int(),
        usual_gap_seconds: z.int().nullable().describe('median between two calls'),
        expected_calls: z
          .number()
          .nullable()
          .describe('median of the same hours in the four weeks before; null in the first week'),
        exceeded: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SilentSources' });
export type SilentSourcesBody = z.infer<typeof silentSources>;

export const getSilentSources = route({
  method: 'GET',
  path: '/v1/reports/silent-sources',
  summary: 'Publishers, campaigns and connections that have sent nothing for longer than is usual for them',
  access: 'read',
  params: z.object({}),
  query: z.object({
    show: z.enum(['silent', 'all']).default('silent'),
    connection_id: z.string().optional(),
  }),
  body: none,
  response: silentSources,
  status: 200,
});

/** What identifies a reason for which calls were not scored. */
const why = {
  stage: z.enum(stages).nullable().describe('the stage that holds the call; null: it has no recording'),
  state: z.enum(stageStates).nullable(),
  code: z.string().nullable(),
};

export const coverage = z
  .object({
    ...period,
    metrics,
    calls: z.int(),
    scored: z.int(),
    connected: z.int(),
    connected_scored: z.int(),
    coverage: z.number().nullable().describe('scored of the connected calls, percent'),
    reasons: z
      .array(
        z.object({
          ...why,
          label: z.string(),
          advice: z.string(),
          calls: z.int(),
          connected: z.int(),
        }),
      )
      .describe('why the others are not, most calls first'),
  })
  .meta({ id: 'Coverage' });
export type CoverageBody = z.infer<typeof coverage>;

export const getCoverage = route({
  method: 'GET',
  path: '/v1/reports/coverage',
  summary: 'How many calls were scored, and why the others were not',
  access: 'read',
  params: z.object({}),
  query: z.object(callFilters),
  body: none,
  response: coverage,
  status: 200,
});

export const unscoredCall = z
  .object({ ...callReference, ...why, detail: z.string().nullable() })
  .meta({ id: 'UnscoredCall' });
export type UnscoredCallBody = z.infer<typeof unscoredCall>;

export const listUnscoredCalls = route({
  method: 'GET',
  path: '/v1/reports/coverage/calls',
  summary: 'Calls that were not scored, newest first; of one reason, or all',
  access: 'read',
  params: z.object({}),
  query: z.object({
    ...callFilters,
    stage: z
      .enum([...stages, 'none'])
      .optional()
      .describe('`none`: calls without a recording'),
    state: z.enum(stageStates).optional(),
    code: z.string().optional(),
    ...pageQuery,
  }),
  body: none,
  response: page(unscoredCall),
  status: 200,
});
