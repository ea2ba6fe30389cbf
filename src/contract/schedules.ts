import { z } from 'zod';
import { route } from './route.ts';
import { instant, none, page, pageQuery, timeZone } from './shapes.ts';

export const scheduleRun = z
  .object({
    id: z.string(),
    due_at: instant,
    state: z.enum(['waiting', 'running', 'retrying', 'done', 'failed']),
    attempts: z.int(),
    next_try_at: instant.nullable(),
    finished_at: instant.nullable(),
    error: z.object({ code: z.string(), detail: z.string(), advice: z.string() }).nullable(),
  })
  .meta({ id: 'ScheduleRun' });
export type ScheduleRunBody = z.infer<typeof scheduleRun>;

const settings = {
  saved_report_id: z.string(),
  every: z.enum(['day', 'week', 'month']),
  weekday: z.int().min(1).max(7).nullable().default(null).describe('1 Monday … 7 Sunday; of every week'),
  day_of_month: z
    .int()
    .min(1)
    .max(31)
    .nullable()
    .default(null)
    .describe('of every month; the last day where a month is shorter'),
  at_time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM'),
  time_zone: timeZone,
  channel: z.enum(['email', 'webhook']),
  recipients: z.array(z.email()).max(50).default([]).describe('of mail'),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('of a webhook'),
  content: z.enum(['link', 'csv', 'xlsx', 'parquet']),
};

export const schedule = z
  .object({
    id: z.string(),
    saved_report_name: z.string(),
    ...settings,
    owner: z
      .string()
      .nullable()
      .describe('e-mail address of the person or name of the machine key; null: made before this was noted'),
    owner_kind: z.enum(['person', 'key', 'command line']).nullable(),
    owner_gone: z
      .boolean()
      .describe('the owner may no longer write: what is due fails, until somebody resumes it as his own'),
    active: z.boolean(),
    next_due_at: instant,
    created_at: instant,
    last_run: scheduleRun.nullable(),
  })
  .meta({ id: 'Schedule' });
export type ScheduleBody = z.infer<typeof schedule>;

export const listSchedules = route({
  method: 'GET',
  path: '/v1/schedules',
  summary: 'What is sent out when, with its last run',
  access: 'read',
  params: z.object({}),
  query: z.object(pageQuery),
  body: none,
  response: page(schedule),
  status: 200,
});

export const createSchedule = route({
  method: 'POST',
  path: '/v1/schedules',
  summary: 'Send a saved report by mail or webhook, every day, week or month',
  access: 'write',
  params: z.object({}),
  query: z.object({}),
  body: z.object(settings),
  response: schedule.extend({
    secret: z.string().nullable().describe('signs what is posted (Standard Webhooks); shown only here'),
  }),
  status: 201,
});

export const setScheduleActive = route({
  method: 'PATCH',
  path: '/v1/schedules/{id}',
  summary: 'Pause a schedule, or let it go on with its next due time; of an owner who is gone: take it over',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: z.object({ active: z.boolean() }),
  response: schedule,
  status: 200,
});

export const deleteSchedule = route({
  method: 'DELETE',
  path: '/v1/schedules/{id}',
  summary: 'Remove a schedule',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: z.object({ id: z.string() }),
  status: 200,
});

export const sendScheduleNow = route({
  method: 'POST',
  path: '/v1/schedules/{id}/send',
  summary: 'Send it once, now; its due times stay as they are',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: scheduleRun,
  status: 202,
});

export const listScheduleRuns = route({
  method: 'GET',
  path: '/v1/schedules/{id}/runs',
  summary: 'What was sent, newest first, with failures and what to do about them',
  access: 'read',
  params: z.object({ id: z.string() }),
  query: z.object(pageQuery),
  body: none,
  response: page(scheduleRun),
  status: 200,
});
