import { z } from 'zod';
import { listCalls } from './calls.ts';
import { listChanges } from './changes.ts';
import { getDisagreements, listDisagreeingCalls } from './disagreements.ts';
import { getBreakdown } from './reports.ts';
import { route } from './route.ts';
import { searchCalls } from './search.ts';
import { instant, none, page, pageQuery, timeZone } from './shapes.ts';
import {
  getCoverage,
  getSilentSources,
  getThresholdClustering,
  listRepeatCallers,
  listUnscoredCalls,
} from './traffic-reports.ts';

/** What can be exported, each with the query of the list or report that it is. */
export const exportKinds = {
  calls: listCalls.query,
  search: searchCalls.query,
  breakdown: getBreakdown.query,
  disagreements: getDisagreements.query,
  disagreeing_calls: listDisagreeingCalls.query,
  changes: listChanges.query,
  coverage: getCoverage.query,
  unscored_calls: listUnscoredCalls.query,
  threshold_clustering: getThresholdClustering.query,
  repeat_callers: listRepeatCallers.query,
  // its instants are written by the clocks of a zone; the report itself asks for none
  silent_sources: getSilentSources.query.extend({ time_zone: timeZone.optional() }),
} as const;
export type ExportKind = keyof typeof exportKinds;

const kind = z.enum(Object.keys(exportKinds) as [ExportKind, ...ExportKind[]]);
const format = z.enum(['csv', 'xlsx', 'parquet']);

export const exportTask = z
  .object({
    id: z.string(),
    kind,
    format,
    query: z.record(z.string(), z.string()),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    rows_done: z.int(),
    rows_expected: z.int().nullable().describe('an estimate; null where unknown'),
    bytes: z.int().nullable(),
    detail: z.string().nullable().describe('why it failed'),
    requested_by: z.string(),
    created_at: instant,
    finished_at: instant.nullable(),
    expires_at: instant.nullable().describe('when its file is removed'),
    url: z.string().nullable().describe('of the file, once it is there'),
  })
  .meta({ id: 'ExportTask' });
export type ExportTaskBody = z.infer<typeof exportTask>;

export const createExport = route({
  method: 'POST',
  path: '/v1/exports',
  summary: 'Write what a list or report shows into a file, in the background',
  access: 'read',
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    kind,
    format: format.default('csv'),
    query: z
      .record(z.string(), z.string())
      .default({})
      .describe('the filters of the list or report, as in its address'),
    columns: z
      .array(z.string())
      .min(1)
      .max(100)
      .optional()
      .describe('ids of the columns of calls, or of the metrics of a breakdown, in order; default: all'),
  }),
  response: exportTask,
  status: 202,
});

export const listExports = route({
  method: 'GET',
  path: '/v1/exports',
  summary: 'Exports and how far they are, newest first',
  access: 'read',
  params: z.object({}),
  query: z.object(pageQuery),
  body: none,
  response: page(exportTask),
  status: 200,
});

export const getExport = route({
  method: 'GET',
  path: '/v1/exports/{id}',
  summary: 'One export and how far it is',
  access: 'read',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  response: exportTask,
  status: 200,
});

/** Bound by hand. */
export const getExportFile = route({
  method: 'GET',
  path: '/v1/exports/{id}/file',
  summary: 'The file of a finished export',
  access: 'read',
  params: z.object({ id: z.string() }),
  query: z.object({}),
  body: none,
  produces: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.apache.parquet',
  ],
  response: z.string(),
  status: 200,
});
