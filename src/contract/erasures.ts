import { z } from 'zod';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

const counts = {
  calls: z.int(),
  events: z.int().describe('requests whose bytes and personal fields are taken away'),
  recordings: z.int(),
  transcripts: z.int(),
  evaluations: z.int().describe('whose quotes are taken away'),
};

/** An entry of the log: that somebody was erased, and not who. */
export const erasure = z
  .object({
    id: z.string(),
    created_at: instant,
    created_by: z.string(),
    ...counts,
    late_events: z.int().describe('events about these calls that came afterwards and were stripped'),
  })
  .meta({ id: 'Erasure' });
export type ErasureBody = z.infer<typeof erasure>;

const result = z
  .object({
    task_id: z.string(),
    state: z
      .enum(['waiting', 'running', 'done', 'failed'])
      .describe('the log of events is read in the background; counts are 0 until `done`'),
    detail: z.string().nullable().describe('why it failed'),
    dry_run: z.boolean(),
    erasure_id: z.string().nullable().describe('null: a dry run, or nothing leads to this caller'),
    ...counts,
  })
  .meta({ id: 'ErasureTask' });
export type EraseResultBody = z.infer<typeof result>;

export const eraseCaller = route({
  method: 'POST',
  path: '/v1/erasures',
  summary:
    'Erase a caller: his number, what was sent and said, its sound. Money, times and outcomes stay. `dry_run` only counts. What takes longer than some seconds goes on in the background: ask for its task',
  access: 'admin',
  params: z.object({}),
  query: z.object({}),
  body: z
    .strictObject({
      caller_id: z
        .string()
        .regex(/^\+\d{6,15}$/, 'is no number in E.164, such as +12125550186')
        .optional(),
      call_id: z.string().optional().describe('the caller of this call'),
      dry_run: z.boolean().default(true),
    })
    .refine((body) => (body.caller_id === undefined) !== (body.call_id === undefined), {
      message: 'give either caller_id or call_id',
    }),
  response: result,
  status: 200,
});

export const getErasureTask = route({
  method: 'GET',
  path: '/v1/erasures/tasks/{id}',
  summary: 'How far an erasure is that was asked for',
  access: 'admin',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: result,
  status: 200,
});

export const listErasures = route({
  method: 'GET',
  path: '/v1/erasures',
  summary: 'What was erased, when and by whom, newest first; never whose it was',
  access: 'read',
  params: z.object({}),
  query: z.object(pageQuery),
  body: none,
  response: page(erasure),
  status: 200,
});
