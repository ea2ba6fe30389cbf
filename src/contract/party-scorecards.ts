import { z } from 'zod';
import { metric } from './reports.ts';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

/** A publisher's or buyer's own figures for a period: what may be sent to him. */
export const partyScorecard = z
  .object({
    party: z.enum(['publisher', 'buyer']),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    time_zone: z.string(),
    currencies: z.array(z.string()),
    made_at: instant,
    figures: z.array(
      metric.extend({
        value: z.union([z.number(), z.string()]).nullable(),
        previous: z.union([z.number(), z.string()]).nullable().describe('the period of equal length before'),
        low: z.number().nullable().describe('of rates: 95 % interval (Wilson)'),
        high: z.number().nullable(),
      }),
    ),
    reasons: z
      .array(z.object({ label: z.string(), calls: z.int() }))
      .describe('why callers were no qualified prospects, most calls first'),
    weeks: z.array(
      z.object({
        label: z.string(),
        calls: z.int(),
        qualified_rate: z.number().nullable(),
        billable: z.int(),
      }),
    ),
    sources: z
      .array(z.object({ label: z.string(), calls: z.int(), qualified_rate: z.number().nullable() }))
      .describe('his sub ids, or the campaigns that reached him'),
    calls: z
      .array(
        z.object({
          call_instance_id: z.string(),
          call_at: instant,
          connected_call_length: z.int().nullable(),
          verdict: z.string(),
        }),
      )
      .describe('the newest calls that are not billable, with the deciding rule; no caller, no quotes'),
  })
  .meta({ id: 'PartyScorecard' });
export type PartyScorecardBody = z.infer<typeof partyScorecard>;

/** Which scorecard. */
export const partyScorecardQuery = {
  party: z.enum(['publisher', 'buyer']),
  name: z.string().min(1),
  from: z.string().optional().describe('date; default: 30 days ago'),
  to: z.string().optional().describe('date, included; default: today'),
  time_zone: z.string().optional(),
};

export const getPartyScorecard = route({
  method: 'GET',
  path: '/v1/reports/party-scorecard',
  summary:
    "A publisher's or buyer's own figures, redacted for sending out: no caller, no other party's money",
  access: 'read',
  params: z.object({}),
  query: z.object(partyScorecardQuery),
  body: none,
  response: partyScorecard,
  status: 200,
});

/** Bound by hand: a page to save or print. */
export const getPartyScorecardFile = route({
  method: 'GET',
  path: '/v1/reports/party-scorecard/file',
  summary: 'The same as one HTML file that stands alone',
  access: 'read',
  params: z.object({}),
  query: z.object(partyScorecardQuery),
  body: none,
  produces: ['text/html'],
  response: z.string(),
  status: 200,
});

export const shareScorecard = route({
  method: 'POST',
  path: '/v1/reports/party-scorecard/links',
  summary: 'A signed link to the scorecard that works without signing in, until it expires or is taken back',
  access: 'write',
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    ...partyScorecardQuery,
    from: z.string().describe('date'),
    to: z.string().describe('date, included'),
    days: z.int().min(1).max(90).default(14).describe('how long the link works'),
  }),
  response: z.object({ id: z.string(), url: z.string(), expires_at: instant }),
  status: 201,
});

/** The scorecard of a link: its days are set. */
export type SharedScorecard = Required<z.infer<z.ZodObject<typeof partyScorecardQuery>>>;

export const shareLink = z
  .object({
    id: z.string(),
    party: partyScorecardQuery.party,
    name: z.string(),
    from: z.string(),
    to: z.string(),
    time_zone: z.string(),
    made_by: z.string(),
    created_at: instant,
    expires_at: instant,
    revoked_at: instant.nullable(),
    revoked_by: z.string().nullable(),
  })
  .meta({ id: 'ShareLink' });
export type ShareLinkBody = z.infer<typeof shareLink>;

export const listShareLinks = route({
  method: 'GET',
  path: '/v1/reports/party-scorecard/links',
  summary: 'Links to scorecards that were given out, newest first; their addresses are not kept',
  access: 'read',
  params: z.object({}),
  query: z.object({
    party: partyScorecardQuery.party.optional(),
    name: partyScorecardQuery.name.optional(),
    ...pageQuery,
  }),
  body: none,
  response: page(shareLink),
  status: 200,
});

export const revokeShareLink = route({
  method: 'DELETE',
  path: '/v1/reports/party-scorecard/links/{id}',
  summary: 'Take a link back: from now on it opens nothing',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: shareLink,
  status: 200,
});
