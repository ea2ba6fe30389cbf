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

export const listEvents = route({
  method: 'GET',
  path: '/v1/events',
  summary: 'Authenticated requests as received, newest first',
  access: 'read',
  params: z.object({}),
  query: z.object({
    connection_id: z.string().optional(),
    call_id: z.string().optional(),
    status: z.enum(['accepted', 'quarantined', 'skipped']).optional(),
    ...pageQuery,
  }),
  body: none,
  response: page(event),
  status: 200,
});
