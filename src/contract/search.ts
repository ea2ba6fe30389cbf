import { z } from 'zod';
import { billableValues, prospectValues, resultValues } from '../domain/outcome.ts';
import { callFilters, disagreements } from './calls.ts';
import { route } from './route.ts';
import { decimal, instant, none, page, pageQuery } from './shapes.ts';

/** What identifies a call in a list that is about something else. */
export const callReference = {
  call_id: z.string(),
  call_at: instant.describe("the call's own time, or its first arrival"),
  connection_id: z.string(),
  call_instance_id: z.string(),
  publisher_name: z.string().nullable(),
  buyer_name: z.string().nullable(),
  campaign_name: z.string().nullable(),
  caller_id: z.string().nullable(),
  connected_call_length: z.int().nullable().describe('seconds'),
  currency: z.string(),
  revenue: decimal.nullable(),
  prospect: z.enum(prospectValues).nullable(),
  result: z.enum(resultValues).nullable(),
  billable: z.enum(billableValues).nullable(),
  disagreements: z.array(z.enum(disagreements)),
};

export const snippet = z
  .object({
    turn: z.int(),
    speaker: z.string(),
    start: z.number().describe('second of the first word found: the moment to jump to'),
    pieces: z.array(z.object({ text: z.string(), hit: z.boolean() })),
  })
  .meta({ id: 'Snippet' });

export const searchHit = z
  .object({
    ...callReference,
    simulated_transcript: z.boolean(),
    hits: z.int().describe('words found in the call'),
    snippets: z.array(snippet).describe('the first places, at most three'),
  })
  .meta({ id: 'SearchHit' });
export type SearchHitBody = z.infer<typeof searchHit>;

const searchPage = page(searchHit).extend({
  ranked: z
    .object({
      calls: z.int().describe('how many calls were ranked, the newest that fit'),
      all: z.boolean().describe('whether those are all that fit; else older ones were not ranked'),
    })
    .nullable()
    .describe('null: newest first, nothing was ranked'),
});
export type SearchBody = z.infer<typeof searchPage>;

const { phrase: _, ...filters } = callFilters;

export const searchCalls = route({
  method: 'GET',
  path: '/v1/search',
  summary: 'Search in transcripts: words, phrases, prefixes, nearness, by speaker; newest or best first',
  access: 'read',
  params: z.object({}),
  query: z.object({
    q: z
      .string()
      .min(1)
      .max(1_000)
      .describe(
        'words (in any form, all of them), "a phrase", begin*, a NEAR/5 b, OR, -not, parentheses, caller: or agent: before any of them',
      ),
    order: z
      .enum(['newest', 'rank'])
      .optional()
      .describe(
        '`newest` (default): all calls, newest first; `rank`: of the newest 500 that fit, those first that say it most often and closest together',
      ),
    ...filters,
    ...pageQuery,
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  body: none,
  response: searchPage,
  status: 200,
});
