import { z } from 'zod';
import { route } from './route.ts';
import { instant, none } from './shapes.ts';

const share = z.number().min(0).max(1);

export const connectionHealth = z
  .object({
    connection_id: z.string(),
    verdict: z.enum(['new', 'good', 'attention']).describe('`new`: nothing has arrived yet'),
    advice: z
      .array(
        z.object({
          code: z.enum(['silent', 'unresolved_tokens', 'time_zone', 'late_events', 'recordings', 'refused']),
          message: z.string().describe('what was found, and what to do'),
        }),
      )
      .describe('empty: nothing to do'),
    last_event_at: instant.nullable(),
    silence: z.object({
      seconds: z.number().nullable().describe('since the last event'),
      usual_gap_seconds: z.number().nullable().describe('median between the last 500 events'),
      expected_events: z
        .number()
        .nullable()
        .describe('median of what came in the same hours of the last 4 weeks; null in the first week'),
      exceeded: z.boolean(),
    }),
    events: z.object({
      day: z.int().describe('looked at, of the last 24 hours: at most the newest 5,000'),
      week: z.int().describe('looked at, of the last 7 days: at most the newest 5,000'),
    }),
    unresolved_tokens: z
      .array(z.object({ field: z.string(), day: share.nullable(), week: share.nullable() }))
      .describe('share of events in which the platform sent a token instead of a value, by field'),
    time_zone: z.object({
      verdict: z.enum(['good', 'shifted', 'late', 'unknown']),
      events: z.int().describe('completed events compared'),
      drift_seconds: z
        .number()
        .nullable()
        .describe('median from the end of the call, as call_date and duration tell it, to its arrival'),
      suggested: z.string().nullable().describe('zone in which call_date seems to be'),
    }),
    recordings: z.object({
      fetched: z.int(),
      failed: z.int(),
      failing: share.nullable().describe('of those that came to an end, among calls of the newest events'),
    }),
    refused_count: z.int().describe('requests that failed authentication: counted, not stored'),
    refused_at: instant.nullable(),
  })
  .meta({ id: 'ConnectionHealth' });
export type ConnectionHealthBody = z.infer<typeof connectionHealth>;

export const getConnectionHealth = route({
  method: 'GET',
  path: '/v1/connections/{id}/health',
  summary: 'Whether a connection sends as it usually does, and whether its values can be read',
  access: 'read',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: connectionHealth,
  status: 200,
});
