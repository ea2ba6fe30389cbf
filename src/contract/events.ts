import { z } from 'zod';
import { eventKinds } from '../domain/event.ts';
import { route } from './route.ts';
import { instant, none, page, pageQuery, warning } from './shapes.ts';

export const event = z
  .object({
    id: z.string(),
    connection_id: z.string(),
    call_id: z.string().nullable(),
    call_instance_id: z.string().nullable(),
    received_at: instant,
    deliveries: z.int().describe('1 + exact repeats'),
    status: z.enum(['accepted', 'quarantined', 'skipped']),
    kind: z.enum(eventKinds).nullable(),
    is_test: z.boolean(),
    method: z.string(),
    query: z.string(),
    content_type: z.string(),
    body: z
      .string()
      .describe('as received, less the key; undecodable bytes replaced; at most its first 64 KiB'),
    fields: z.record(z.string(), z.unknown()),
    extra: z.record(z.string(), z.unknown()),
    warnings: z.array(warning),
  })
  .meta({ id: 'Event' });
export type EventBody = z.infer<typeof event>;

/** Which events; none given: all. */
const eventFilters = {
  connection_id: z.string().optional(),
  call_id: z.string().optional(),
  call_instance_id: z.string().optional(),
  status: z.enum(['accepted', 'quarantined', 'skipped']).optional(),
  kind: z.enum(eventKinds).optional(),
  warnings: z.enum(['any', 'none']).optional().describe('events with a warning, or without one'),
  test: z.enum(['exclude', 'only']).optional(),
  from: z.string().optional().describe('a day in `time_zone`, or an instant: received at or after'),
  to: z.string().optional().describe('a day, included, or an instant: received before'),
  time_zone: z.string().optional().describe('IANA zone of the days; UTC where absent'),
};

export const listEvents = route({
  method: 'GET',
  path: '/v1/events',
  summary: 'Authenticated requests as received, newest first',
  access: 'read',
  params: z.object({}),
  query: z.object({ ...eventFilters, ...pageQuery }),
  body: none,
  response: page(event),
  status: 200,
});

/** At the address to which senders post; bound by hand (src/http/webhook.ts). */
export const getEvent = route({
  method: 'GET',
  path: '/v1/events/{connection_id}',
  summary:
    'One event, by the id that its receipt names (evt_…); by the id of a connection, its events, newest first',
  access: 'read',
  params: z.object({ connection_id: z.string() }),
  query: z.object({ ...eventFilters, ...pageQuery }).omit({ connection_id: true }),
  body: none,
  response: z.union([event, page(event)]),
  status: 200,
});

/** Streamed; bound by hand (src/http/event-export.ts). */
export const exportEvents = route({
  method: 'GET',
  path: '/v1/events/export',
  summary: 'The events log as CSV, or as NDJSON with everything that is kept of each event; newest first',
  access: 'read',
  params: z.object({}),
  query: z.object({ ...eventFilters, format: z.enum(['csv', 'ndjson']).default('csv') }),
  body: none,
  produces: ['text/csv', 'application/x-ndjson'],
  response: z.string(),
  status: 200,
});

const idParam = z.object({ id: z.string() });

export const replayEvent = route({
  method: 'POST',
  path: '/v1/events/{id}/replay',
  summary: 'Read one event again from its raw bytes by the settings in force now, and rebuild its call',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: none,
  response: z.object({
    changed: z.boolean().describe('whether it is now read otherwise than before'),
    recovered: z.boolean().describe('whether it came out of quarantine'),
    event,
  }),
  status: 200,
});

export const deleteTestEvent = route({
  method: 'DELETE',
  path: '/v1/test-events/{id}',
  summary: 'Remove a test event, and its call where no other event is left; other events stay for good',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: none,
  response: z.object({
    id: z.string(),
    call_id: z.string().nullable(),
    call_removed: z.boolean(),
  }),
  status: 200,
});

export const sendTestEvent = route({
  method: 'POST',
  path: '/v1/connections/{id}/test-event',
  summary: 'Receive an event that is marked as test, as if the platform had sent it',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: z
    .object({
      data: z.record(z.string(), z.unknown()).optional().describe('default: every documented field'),
    })
    .default({}),
  response: z.object({
    answer: z.record(z.string(), z.unknown()).describe('what the sender would be told: receipt or problem'),
    event: event.describe('the event as it was kept and read'),
  }),
  status: 201,
});
