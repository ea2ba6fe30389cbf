import { z } from 'zod';
import {
  flagValues,
  notAProspectReasons,
  prospectValues,
  reachedValues,
  resultValues,
} from '../domain/outcome.ts';
import { isTimeZone, timeZoneAdvice } from '../domain/places.ts';
import { criterionKinds, weekdays } from '../domain/scorecard.ts';

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
  'redirect',
  'hint_existing_customer',
  'hint_wrong_number',
  'hint_job_seeker',
  'hint_solicitor',
  'hint_service_request',
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

const examples = z.array(z.string().min(1)).default([]);

const criterion = z.strictObject({
  id,
  question: z.string().min(1).describe('plain language; shown to people'),
  kind: z.enum(criterionKinds).default('yes_no'),
  choices: z.array(z.string().min(1)).default([]).describe('for kind: choice; the allowed values'),
  holds_if: z
    .strictObject({
      at_least: z.number().optional().describe('of a number'),
      at_most: z.number().optional().describe('of a number'),
      one_of: z.array(z.string()).optional().describe('of a choice'),
      within_months: z.number().positive().optional().describe('of a date: so many months before the call'),
    })
    .nullable()
    .default(null)
    .describe('when a number, choice or date counts as yes; a gate of such a kind needs it'),
  heard_from: z.enum(['caller', 'agent', 'anyone']).default('caller'),
  gate: z.boolean().default(false),
  intent: z.boolean().default(false).describe('the gate that says that the caller wants the service'),
  weight: z.number().min(0).default(1),
  auto_fail: z.boolean().default(false),
  required_text: z
    .string()
    .nullable()
    .default(null)
    .describe('compliance wording that has to be heard, as data since it changes'),
  examples: z
    .strictObject({
      yes: examples,
      no: examples,
      unknown: examples.describe('words that sound like it and settle nothing'),
      values: z.record(z.string(), z.array(z.string())).default({}).describe('by value, for other kinds'),
    })
    .describe(
      "words that count and that do not. A caller's line, or a dialogue `A: … / C: …`; in brackets: told to people, not run by the test",
    ),
  listen,
});

const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time as "HH:MM", in quotes');
const hours = z.strictObject({
  from: clock.describe('inclusive'),
  to: clock.describe('exclusive; before `from`: over midnight'),
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays]),
  time_zone: z
    .string()
    .refine(isTimeZone, timeZoneAdvice)
    .nullable()
    .default(null)
    .describe("IANA zone; default: the connection's"),
});
const names = z.array(z.string().min(1)).min(1).optional();

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
    flag: z.array(z.enum(flagValues)).optional(),
    state: names.describe("the caller's state as reported"),
    not_state: names,
    buyer: names,
    campaign: names,
    publisher: names,
    hours: hours.optional().describe('the call took place in these hours'),
    outside_hours: hours.optional(),
    duplicate_within_days: z
      .number()
      .positive()
      .optional()
      .describe('the same caller was connected with the same buyer so many days before'),
    answer: z
      .record(
        z.string(),
        z.union([
          z.array(z.string()).min(1),
          z.strictObject({ at_least: z.number().optional(), at_most: z.number().optional() }),
        ]),
      )
      .optional()
      .describe('by criterion: values of which the answer must be one, or bounds of a number'),
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
