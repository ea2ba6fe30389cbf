import { z } from 'zod';
import { route } from './route.ts';
import { instant, none, page, pageQuery } from './shapes.ts';

export const fileImport = z
  .object({
    id: z.string(),
    connection_id: z.string(),
    source: z.enum(['upload', 'file']).describe('uploaded, or read by `aria import`'),
    file_name: z.string(),
    format: z.enum(['csv', 'ndjson']),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    detail: z.string().nullable().describe('why it failed'),
    bytes: z.int(),
    bytes_read: z.int().describe('of `bytes`: the progress'),
    rows_read: z.int().describe('rows dealt with, the header left out'),
    accepted: z.int().describe('events that are new'),
    duplicates: z.int().describe('events that were there already, by import or by webhook'),
    quarantined: z.int().describe('events that were kept, but name no call'),
    skipped: z.int().describe('events kept but not used, since the connection is paused'),
    unreadable: z.int().describe('rows that are no event at all'),
    warned: z.int().describe('events with a field that could not be read as it came'),
    errors: z.int().describe('rows listed by /v1/imports/{id}/errors'),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Import' });
export type ImportBody = z.infer<typeof fileImport>;

const idParam = z.object({ id: z.string() });

/** The body is the file itself, streamed; bound by hand (src/http/imports.ts). */
export const uploadImport = route({
  method: 'POST',
  path: '/v1/connections/{id}/imports',
  summary: 'Import a CSV or NDJSON file of calls; the body is the file',
  access: 'write',
  params: idParam,
  query: z.object({ file_name: z.string().max(200).default('upload').describe('to tell imports apart') }),
  body: none,
  consumes: ['text/csv', 'application/x-ndjson', 'application/octet-stream'],
  response: fileImport,
  status: 202,
});

export const listImports = route({
  method: 'GET',
  path: '/v1/connections/{id}/imports',
  summary: 'Imports of a connection, newest first',
  access: 'read',
  params: idParam,
  query: z.object(pageQuery),
  body: none,
  response: page(fileImport),
  status: 200,
});

export const getImport = route({
  method: 'GET',
  path: '/v1/imports/{id}',
  summary: 'How far an import is',
  access: 'read',
  params: idParam,
  query: z.object({}),
  body: none,
  response: fileImport,
  status: 200,
});

/** Streamed; bound by hand (src/http/imports.ts). */
export const getImportErrors = route({
  method: 'GET',
  path: '/v1/imports/{id}/errors',
  summary: 'Rows that gave no usable event, with the reason, as CSV',
  access: 'read',
  params: idParam,
  query: z.object({}),
  body: none,
  produces: ['text/csv'],
  response: z.string(),
  status: 200,
});
