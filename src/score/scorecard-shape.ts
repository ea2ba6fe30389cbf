import { z } from 'zod';
import { notAProspectReasons, prospectValues, reachedValues, resultValues } from '../domain/outcome.ts';
import { criterionKinds } from '../domain/scorecard.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use lower case letters, digits and _, e.g. owns_home');
const cues = z.array(z.string().min(1)).default([]);

/** Roles that cues can have in the dialogue, beside criteria, disqualifiers and results. */
export const cueRoles = [
  'refusal',
  'withdrawal',
  'guidance',
  'purpose',
  'pending',
  'scheduling',
  'voicemail',
  'robocall',
  'dnc_request_caller',
  'dnc_request_agent',
  'coached_caller_caller',
  'coached_caller_agent',
  'incentivized_caller_caller',
  'incentivized_caller_agent',
  'misrepresentation_caller',
  'misrepresentation_agent',
  'abusive_caller',
  'abusive_agent',
] as const;

const amount = z.strictObject({
  unit: z.enum(['money', 'age', 'score']),
  at_least: z.number().nullable().default(null),
  at_most: z.number().nullable().default(null),
  plausible: z.tuple([z.number(), z.number()]).describe('amounts outside are taken for something else'),
  sum: z.boolean().default(false).describe('several amounts in one answer are parts of a total'),
});

const listen = z.strictObject({
  asks: cues.describe('questions to which yes means that the criterion holds'),
  asks_reversed: cues.describe('questions to which yes means that it does not hold'),
  topic: cues.describe('subject words that tie a refusal of the agent to this criterion'),
  yes: cues.describe("the caller's words that settle it as yes"),
  no: cues.describe("the caller's words that settle it as no"),
  reply_yes: cues.describe('yes, only as the reply to one of the questions'),
  reply_no: cues.describe('no, only as the reply to one of the questions'),
  agent_yes: cues.describe("the agent's conclusions for yes"),
  agent_no: cues.describe("the agent's conclusions for no"),
  amount: amount.nullable().default(null),
  date: z.strictObject({ within_months: z.number().positive(), event: cues }).nullable().default(null),
  absent: z.literal('no').nullable().default(null).describe('the answer when nothing of it was said'),
  implies_no: z.array(id).default([]).describe('criteria that are no with this one'),
  settled_by: z.array(z.enum(resultValues)).default([]).describe('results that settle it as yes'),
  accepted_silently: z
    .boolean()
    .default(true)
    .describe('asked, answered, and the agent went on counts as yes'),
});

const criterion = z.strictObject({
  id,
  question: z.string().min(1).describe('plain language; shown to people'),
  kind: z.enum(criterionKinds).default('yes_no'),
  choices: z.array(z.string()).default([]),
  heard_from: z.enum(['caller', 'agent', 'anyone']).default('caller'),
  gate: z.boolean().default(false),
  intent: z.boolean().default(false).describe('the gate that says that the caller wants the service'),
  weight: z.number().min(0).default(1),
  auto_fail: z.boolean().default(false),
  required_text: z.string().nullable().default(null),
  examples: z.strictObject({ yes: z.array(z.string()).default([]), no: z.array(z.string()).default([]) }),
  listen,
});

const rule = z.strictObject({
  id,
  when: z.strictObject({
    duplicate: z.boolean().optional(),
    connected_at_least: z.number().min(0).optional(),
    connected_below: z.number().min(0).optional(),
    reached: z.array(z.enum(reachedValues)).optional(),
    prospect: z.array(z.enum(prospectValues)).optional(),
    result: z.array(z.enum(resultValues)).optional(),
    reason: z.array(z.string()).optional(),
  }),
  billable: z.enum(['yes', 'no', 'review']),
  because: z.string().min(1),
});

const disqualifier = z.strictObject({
  reason: z.enum(notAProspectReasons),
  caller: cues,
  agent: cues,
  asks: cues,
});
const resultCues = z.strictObject({ agent: cues, caller: cues });

/** A scorecard file as written. `extends: common` takes the shared part first; lists of cues add up. */
export const scorecardFile = z.strictObject({
  $schema: z.string().optional(),
  id,
  extends: z.literal('common').optional(),
  version: z.union([z.string(), z.number()]).transform(String),
  title: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  criteria: z.array(criterion).default([]),
  disqualifiers: z.array(disqualifier).default([]),
  results: z.partialRecord(z.enum(resultValues), resultCues).default({}),
  cues: z.partialRecord(z.enum(cueRoles), cues).default({}),
  policy: z.array(rule).default([]),
});
export type ScorecardFile = z.infer<typeof scorecardFile>;

/** The format as JSON Schema, for editors; scorecards/scorecard.schema.json holds it. */
export function scorecardSchema(): Record<string, unknown> {
  return z.toJSONSchema(scorecardFile, { io: 'input' });
}
