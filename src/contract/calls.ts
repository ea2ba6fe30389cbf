import { z } from 'zod';
import { disagreementKinds } from '../domain/disagreement.ts';
import {
  billableValues,
  flagValues,
  prospectValues,
  reachedValues,
  resultValues,
} from '../domain/outcome.ts';
import { soundMarkKinds } from '../domain/sound-mark.ts';
import { stageStateFilters, stageStates, stages } from '../domain/stage.ts';
import { answer, judgedOutcome } from './answer.ts';
import { callRanges } from './call-ranges.ts';
import { hearing } from './engines.ts';
import { evidence } from './evidence.ts';
import { review } from './review.ts';
import { route } from './route.ts';
import { decimal, instant, none, page, pageQuery, warning } from './shapes.ts';
import { stake } from './stake.ts';
import { turn } from './turn.ts';

export const outcome = z
  .object({
    reached: z.enum(reachedValues),
    prospect: z.enum(prospectValues),
    reason: z.string().nullable(),
    result: z.enum(resultValues),
    billable: z.enum(billableValues),
    billable_reason: z.string(),
    score: z.number().nullable(),
    flags: z.array(z.enum(flagValues)),
    explanation: z.string().describe('one sentence: the rule and the answers that decided'),
    scorecard: z.string(),
    scorecard_version: z.string(),
    judge: z.string(),
    scored_at: instant,
  })
  .meta({ id: 'Outcome' });

export const stageRun = z
  .object({
    stage: z.enum(stages),
    state: z.enum(stageStates),
    attempts: z.int(),
    due_at: instant.nullable(),
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
    seconds: z.number().nullable(),
    cost: decimal.nullable(),
    error: z.object({ code: z.string(), detail: z.string(), advice: z.string() }).nullable(),
  })
  .meta({ id: 'StageRun' });

export const disagreements = disagreementKinds;

/** The contract's fields with normalised values; unknown is null. */
export const callFieldShapes = {
  buyer_name: z.string().nullable(),
  client_id: z.union([z.int(), z.string()]).nullable(),
  call_date: z.string().nullable().describe("ISO 8601 with the connection's offset"),
  caller_id: z.string().nullable().describe('E.164; null where withheld'),
  campaign_id: z.string().nullable(),
  campaign_name: z.string().nullable(),
  campaign_tracking_id: z.string().nullable(),
  connected_call_length: z.int().nullable().describe('seconds'),
  converted: z.boolean().nullable(),
  duration: z.int().nullable().describe('seconds'),
  end_call_source: z.string().nullable(),
  inbound_number_state: z.string().nullable(),
  is_duplicate: z.boolean().nullable(),
  cost: decimal.nullable(),
  publisher_sub_id: z.string().nullable(),
  publisher_name: z.string().nullable(),
  recording: z.string().nullable(),
  referrer_url: z.string().nullable(),
  revenue: decimal.nullable(),
  subsource: z.string().nullable(),
  target_did: z.string().nullable(),
  target_name: z.string().nullable(),
  target_sub_id: z.string().nullable(),
  time_to_call: z.int().nullable(),
  time_to_connect: z.int().nullable(),
  zip_code: z.string().nullable(),
  data_source: z.string().nullable(),
  vertical: z.string().nullable(),
  sale_amount: decimal.nullable(),
  sale_count: z.number().nullable(),
  client_lead_id: z.string().nullable(),
  branch_name: z.string().nullable(),
  affiliate_payout: decimal.nullable(),
};

export const callSummary = z
  .object({
    id: z.string(),
    connection_id: z.string(),
    connection_name: z.string(),
    call_instance_id: z.string(),
    first_event_at: instant,
    last_event_at: instant,
    event_count: z.int(),
    is_test: z.boolean(),
    currency: z.string(),
    ...callFieldShapes,
    extra: z.record(z.string(), z.unknown()).describe('fields outside the contract'),
    reported: z.object({
      converted: z.boolean().nullable(),
      sale_amount: decimal.nullable(),
      sale_count: z.number().nullable(),
      revenue: decimal.nullable(),
      affiliate_payout: decimal.nullable(),
    }),
    outcome: outcome.nullable(),
    disagreements: z.array(z.enum(disagreements)),
    stages: z.array(stageRun),
    warnings: z.array(warning),
    simulated_transcript: z.boolean(),
  })
  .meta({ id: 'CallSummary' });

export const call = callSummary
  .extend({
    at_stake: z.array(stake).describe('the money of each disagreement, in `currency`'),
    answers: z.array(answer),
    findings: z
      .object({
        disqualifier: z.object({ reason: z.string(), evidence: z.array(evidence) }).nullable(),
        result: z.array(evidence),
        flags: z.array(z.object({ flag: z.enum(flagValues), evidence: z.array(evidence) })),
      })
      .nullable()
      .optional()
      .describe('the words behind the outcome: why no prospect, what result, which flags; null until scored'),
    reviews: z
      .array(review)
      .optional()
      .describe('what people said about the call, newest first; undone ones too'),
    judged: judgedOutcome
      .nullable()
      .optional()
      .describe("the judge's own outcome, where people reviewed the call"),
    transcript: z
      .object({
        engine: z.string(),
        language: z.string(),
        simulated: z.boolean(),
        turns: z.array(turn),
        hearing: hearing.optional().describe('how it came about'),
      })
      .nullable(),
    model_use: z
      .object({
        models: z.array(z.string()),
        requests: z.int(),
        input_tokens: z.int(),
        output_tokens: z.int(),
        cost_usd: decimal.nullable().describe('null: no prices were configured'),
      })
      .nullable()
      .describe('what language models were asked about this call so far, repeats not counted'),
    audio: z
      .object({
        url: z.string(),
        seconds: z.number(),
        channels: z.int(),
        codec: z.string(),
        bytes: z.int(),
        content_type: z.string(),
        peaks: z.array(z.array(z.int())).describe('per channel, 0..255'),
        muted: z
          .array(z.object({ start: z.number(), end: z.number() }))
          .describe('stretches that are silent in what is played, since words were removed there; seconds'),
        original: z
          .enum(['played', 'encrypted', 'removed'])
          .describe('what became of the recording as it was fetched'),
        marks: z
          .array(z.object({ kind: z.enum(soundMarkKinds), start: z.number(), end: z.number() }))
          .describe('what is heard besides speech; seconds'),
        loudness: z.array(z.number()).nullable().describe('mean level per channel, dBFS'),
        silence: z.number().nullable().describe('share of the recording in which nothing is heard, 0..1'),
        sample_rate: z.int(),
        warnings: z.array(z.string()),
      })
      .nullable(),
    sources: z.record(z.string(), z.string()).describe('field → id of the event whose value is shown'),
    erased: z.boolean().describe('the caller was erased; what stays is business'),
  })
  .meta({ id: 'Call' });

export type CallSummaryBody = z.infer<typeof callSummary>;
export type CallBody = z.infer<typeof call>;

/**
 * What every list and report of calls understands. `(none)` as the value of a name, `vertical`, state or `reason`
 * asks for calls without one; empty text asks nothing.
 */
export const callFilters = {
  connection_id: z.string().optional(),
  call_instance_id: z.string().optional(),
  from: z
    .string()
    .optional()
    .describe('date (in `time_zone`) or instant, inclusive; `first`: from the first call on'),
  to: z.string().optional().describe('date (in `time_zone`, whole day included) or instant, exclusive'),
  time_zone: z.string().optional().describe('IANA zone for dates; the server default is ARIA_TIME_ZONE'),
  publisher_name: z.string().optional(),
  publisher_sub_id: z.string().optional(),
  subsource: z.string().optional(),
  buyer_name: z.string().optional(),
  campaign_name: z.string().optional(),
  target_name: z.string().optional(),
  vertical: z.string().optional(),
  inbound_number_state: z.string().optional(),
  zip_code: z.string().optional(),
  branch_name: z.string().optional(),
  data_source: z.string().optional(),
  end_call_source: z.string().optional(),
  campaign_id: z.string().optional(),
  campaign_tracking_id: z.string().optional(),
  client_id: z.string().optional(),
  client_lead_id: z.string().optional(),
  target_did: z.string().optional(),
  target_sub_id: z.string().optional(),
  referrer_url: z.string().optional(),
  caller_id: z.string().optional(),
  extra: z
    .string()
    .regex(/^[^=]+=/, 'Expected name=value')
    .optional()
    .describe('field outside the contract and its value: `name=value`'),
  reached: z.enum(reachedValues).optional(),
  prospect: z.enum(prospectValues).optional(),
  reason: z.string().optional(),
  result: z.enum(resultValues).optional(),
  billable: z.enum(billableValues).optional(),
  flag: z
    .enum([...flagValues, 'any', 'none'])
    .optional()
    .describe('`any`, `none`: scored calls with at least one flag, with none'),
  scorecard: z.string().optional().describe('by which the outcome was found: `id`, or `id version`'),
  connected: z.stringbool().optional(),
  converted: z.stringbool().optional(),
  is_duplicate: z.stringbool().optional().describe('marked by the platform'),
  is_repeat: z
    .stringbool()
    .optional()
    .describe('found by Aria: the same caller, campaign and buyer within 30 days'),
  ...callRanges,
  disagreement: z.enum([...disagreements, 'any']).optional(),
  stage_state: z.enum(stageStateFilters).optional().describe('of any stage, or of one: `transcribe.failed`'),
  phrase: z.string().optional().describe('what is said on the call, in the language of /v1/search'),
};
export type CallFilters = z.infer<z.ZodObject<typeof callFilters>>;

export const listCalls = route({
  method: 'GET',
  path: '/v1/calls',
  summary: 'Calls, newest first',
  access: 'read',
  params: z.object({}),
  query: z.object({
    ...callFilters,
    test: z
      .enum(['exclude', 'include', 'only'])
      .optional()
      .describe('test calls: excluded, as in reports, unless asked for here or named by call_instance_id'),
    ...pageQuery,
  }),
  body: none,
  response: page(callSummary),
  status: 200,
});

export const getCall = route({
  method: 'GET',
  path: '/v1/calls/{id}',
  summary: 'One call with transcript, answers and the event behind each field',
  access: 'read',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: call,
  status: 200,
});

export const rerunCall = route({
  method: 'POST',
  path: '/v1/calls/{id}/rerun',
  summary: 'Run a stage and all that follow it again',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: z.object({ stage: z.enum(stages) }),
  response: z.object({ id: z.string(), stage: z.enum(stages), state: z.enum(stageStates) }),
  status: 202,
});
