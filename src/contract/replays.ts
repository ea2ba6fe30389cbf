import { z } from 'zod';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

export const callChange = z
  .object({
    call_id: z.string().nullable().describe('null: the replay makes this call'),
    call_instance_id: z.string(),
    change: z.enum(['changed', 'made', 'removed']),
    fields: z.array(z.object({ field: z.string(), before: z.json(), after: z.json() })),
  })
  .meta({ id: 'CallChange' });
export type CallChangeBody = z.infer<typeof callChange>;

/** Past events being read again, or a dry run of it: a task in the background. */
export const replay = z
  .object({
    id: z.string(),
    connection_id: z.string().nullable().describe('null: every connection'),
    from: instant.nullable().describe('received at or after'),
    to: instant.nullable().describe('received before'),
    dry_run: z.boolean().describe('only tells what would change'),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    detail: z.string().nullable().describe('why it failed'),
    total: z.int().nullable().describe('events in the range; null until counted'),
    events: z.int().describe('read again so far, of `total`: the progress'),
    changed: z.int().describe('events that are read otherwise than before'),
    recovered: z.int().describe('events out of quarantine'),
    calls: z.int().describe('calls that are rebuilt'),
    compared: z.int().describe('dry run only: calls compared so far, of `calls`, once all events are read'),
    changed_calls: z.int().describe('calls with differences in all; dry run only'),
    fields: z.record(z.string(), z.int()).describe('field → calls in which it changes; dry run only'),
    changes: z.array(callChange).describe('the first 200 calls with differences; dry run only'),
    created_by: z.string(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Replay' });
export type ReplayBody = z.infer<typeof replay>;

const idParam = z.object({ id: z.string() });

export const startReplay = route({
  method: 'POST',
  path: '/v1/connections/{id}/replay',
  summary:
    'Read past events again by the mapping in force and rebuild their calls, in the background; `dry_run` only tells what would change',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: z.object({
    from: z.iso.datetime({ offset: true }).nullable().default(null).describe('received at or after'),
    to: z.iso.datetime({ offset: true }).nullable().default(null).describe('received before'),
    dry_run: z.boolean().default(true),
  }),
  response: replay,
  status: 202,
});

export const listReplays = route({
  method: 'GET',
  path: '/v1/connections/{id}/replays',
  summary: 'Replays of a connection, newest first; `changes` are left out',
  access: 'read',
  params: idParam,
  query: z.object(pageQuery),
  body: none,
  response: page(replay.omit({ changes: true, fields: true }).meta({ id: 'ListedReplay' })),
  status: 200,
});
export type ListedReplayBody = z.infer<typeof listReplays.response>['items'][number];

export const getReplay = route({
  method: 'GET',
  path: '/v1/replays/{id}',
  summary: 'How far a replay is, and what it changes',
  access: 'read',
  params: idParam,
  query: z.object({}),
  body: none,
  response: replay,
  status: 200,
});

export const cancelReplay = route({
  method: 'POST',
  path: '/v1/replays/{id}/cancel',
  summary: 'Stop a replay after the events it is at; what it has rebuilt by then stays',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: none,
  response: replay,
  status: 200,
});
