import { z } from 'zod';
import { type ExportKind, exportKinds } from './exports.ts';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

const kind = z.enum(Object.keys(exportKinds) as [ExportKind, ...ExportKind[]]);

/** Periods that move on with time; `from` and `to` beside them count only where none is named. */
export const relativePeriods = [
  'today',
  'yesterday',
  '7d',
  '30d',
  'month',
  'all',
  'last_week',
  'last_month',
] as const;
export type RelativePeriod = (typeof relativePeriods)[number];

export const savedReport = z
  .object({
    id: z.string(),
    name: z.string(),
    owner: z.string(),
    kind,
    query: z
      .record(z.string(), z.string())
      .describe('filters as in the address; `period` names a moving one'),
    created_at: instant,
    schedules: z.int(),
  })
  .meta({ id: 'SavedReport' });
export type SavedReportBody = z.infer<typeof savedReport>;

export const listSavedReports = route({
  method: 'GET',
  path: '/v1/saved-reports',
  summary: 'Saved reports, by name',
  access: 'read',
  params: z.object({}),
  query: z.object(pageQuery),
  body: none,
  response: page(savedReport),
  status: 200,
});

export const saveReport = route({
  method: 'POST',
  path: '/v1/saved-reports',
  summary: 'Keep a list or report under a name; the same name of the same owner is replaced',
  access: 'write',
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    name: z.string().trim().min(1).max(120),
    kind,
    query: z.record(z.string(), z.string()).default({}),
  }),
  response: savedReport,
  status: 201,
});

export const deleteSavedReport = route({
  method: 'DELETE',
  path: '/v1/saved-reports/{id}',
  summary: 'Remove a saved report with its schedules',
  access: 'write',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: z.object({ id: z.string() }),
  status: 200,
});
