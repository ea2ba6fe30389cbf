import { z } from 'zod';
import { disagreementKinds } from '../domain/disagreement.ts';
import { route } from './route.ts';
import { decimal, instant, none, page, pageQuery } from './shapes.ts';

export const rescoreStates = [
  'waiting',
  'running',
  'ready',
  'publishing',
  'published',
  'dropped',
  'failed',
] as const;

export const rescore = z
  .object({
    id: z.string(),
    state: z.enum(rescoreStates).describe('`ready`: all is judged, nothing is changed; publish or drop it'),
    from: instant.nullable(),
    to: instant.nullable(),
    connection_id: z.string().nullable(),
    scorecard: z.string().nullable().describe("null: each call's own"),
    version: z.string().nullable(),
    drafts: z.boolean().describe('drafts in place of what is published'),
    every_call: z.boolean(),
    judge: z.string(),
    created_by: z.string(),
    created_at: instant,
    finished_at: instant.nullable(),
    decided_by: z.string().nullable(),
    decided_at: instant.nullable(),
    total: z.int().nullable().describe('calls in the range; null while they are not counted yet'),
    done: z.int().describe('of `total`, in the present step'),
    detail: z.string().nullable().describe('why it failed, or what it waits for'),
    due_at: instant.nullable().describe('put off until then'),
  })
  .meta({ id: 'Rescore' });
export type RescoreBody = z.infer<typeof rescore>;

const side = z.object({
  calls: z.int(),
  money: decimal.nullable().describe('null: unknown, as no call of the buyers tells a price'),
});

export const rescoreSummary = z
  .object({
    judged: z.int(),
    changed: z.int(),
    skipped: z.array(z.object({ why: z.string(), calls: z.int() })),
    changes: z
      .array(
        z.object({
          field: z.enum(['reached', 'prospect', 'result', 'billable']),
          before: z.string().nullable().describe('null: not scored'),
          after: z.string(),
          calls: z.int(),
        }),
      )
      .describe('how often an outcome would become another, most frequent first'),
    money: z.array(
      z.object({
        currency: z.string(),
        reported_revenue: decimal.describe('of all calls judged'),
        no_longer_billable: side.describe('billable or in review before, not billable after; their revenue'),
        newly_billable: side.describe('billable after, not before; their revenue'),
        disagreements: z.array(
          z.object({ kind: z.enum(disagreementKinds), before: side, after: side, estimated: z.boolean() }),
        ),
      }),
    ),
  })
  .meta({ id: 'RescoreSummary' });
export type RescoreSummaryBody = z.infer<typeof rescoreSummary>;

const shownOutcome = z.object({
  reached: z.string(),
  prospect: z.string(),
  reason: z.string().nullable(),
  result: z.string(),
  billable: z.string(),
  score: z.number().nullable(),
  flags: z.array(z.string()),
  explanation: z.string(),
});

export const rescoredCall = z
  .object({
    call_id: z.string(),
    call_instance_id: z.string(),
    call_at: instant,
    buyer_name: z.string().nullable(),
    vertical: z.string().nullable(),
    currency: z.string(),
    revenue: decimal.nullable(),
    changed: z.array(z.string()),
    before: shownOutcome.nullable(),
    after: shownOutcome.nullable(),
    skipped: z.string().nullable(),
    disagreements_before: z.array(z.enum(disagreementKinds)),
    disagreements_after: z.array(z.enum(disagreementKinds)),
  })
  .meta({ id: 'RescoredCall' });
export type RescoredCallBody = z.infer<typeof rescoredCall>;

const nothing = z.object({});
const idParam = z.object({ id: z.string() });

export const listRescores = route({
  method: 'GET',
  path: '/v1/rescores',
  summary: 'Rescores, newest first',
  access: 'read',
  params: nothing,
  query: z.object(pageQuery),
  body: none,
  response: page(rescore),
  status: 200,
});

export const createRescore = route({
  method: 'POST',
  path: '/v1/rescores',
  summary: 'Judge calls of a range again, beside what stands; nothing changes until it is published',
  access: 'write',
  params: nothing,
  query: nothing,
  body: z.object({
    from: z.iso.datetime({ offset: true }).nullable().default(null).describe('calls at or after'),
    to: z.iso.datetime({ offset: true }).nullable().default(null).describe('calls before'),
    connection_id: z.string().nullable().default(null),
    scorecard: z
      .string()
      .nullable()
      .default(null)
      .describe(
        "`id@version`, `id@draft`, `id` (newest), `draft` (each call's own, as drafted); null: each call's own",
      ),
    every_call: z.boolean().default(false).describe('the named scorecard also for calls of another one'),
    judge: z
      .string()
      .nullable()
      .default(null)
      .describe('`local`, `model` or `model+local`; null: as new calls are judged'),
  }),
  response: rescore,
  status: 202,
});

export const getRescore = route({
  method: 'GET',
  path: '/v1/rescores/{id}',
  summary: 'How far a rescore is, and what it would change',
  access: 'read',
  params: idParam,
  query: nothing,
  body: none,
  response: rescore.extend({ summary: rescoreSummary.nullable().describe('null until it is ready') }),
  status: 200,
});

export const listRescoredCalls = route({
  method: 'GET',
  path: '/v1/rescores/{id}/calls',
  summary: 'The calls that a rescore would change, with the outcome before and after',
  access: 'read',
  params: idParam,
  query: z.object({
    changed: z.string().optional().describe('only calls of which this field changes, e.g. billable'),
    skipped: z.stringbool().optional().describe('the calls that could not be judged instead'),
    ...pageQuery,
  }),
  body: none,
  response: page(rescoredCall),
  status: 200,
});

export const decideRescore = route({
  method: 'POST',
  path: '/v1/rescores/{id}/decision',
  summary: 'Publish the results, drop them, or go on with one that failed',
  access: 'write',
  params: idParam,
  query: nothing,
  body: z.object({ decision: z.enum(['publish', 'drop', 'resume']) }),
  response: rescore,
  status: 202,
});
