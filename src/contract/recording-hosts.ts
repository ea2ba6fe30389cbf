import { z } from 'zod';
import { recordingAuthKinds, recordingTlsModes } from '../domain/recording-host.ts';
import { route } from './route.ts';
import { instant, none } from './shapes.ts';

/** Printable ASCII: what may stand in a header (RFC 9110 §5.5). */
const headerText = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[\x20-\x7e]+$/, 'expected printable ASCII');
const anyText = z.string().min(1).max(4_000);
const headerName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, 'expected the name of a header')
  .refine(
    (name) =>
      !/^(host|connection|content-.*|transfer-encoding|upgrade|expect|te|trailer|keep-alive|range|if-range|accept-encoding)$/i.test(
        name,
      ),
    'this header belongs to the download itself',
  );

/** A credential as it is set; no answer ever holds one. */
export const recordingAuth = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bearer'), token: headerText }),
    z.strictObject({
      kind: z.literal('basic'),
      user: z
        .string()
        .max(1_000)
        .regex(/^[^:]*$/, 'a colon would end the user'),
      password: z.string().max(4_000),
    }),
    z.strictObject({ kind: z.literal('query'), name: z.string().min(1).max(100), value: anyText }),
    z.strictObject({ kind: z.literal('header'), name: headerName, value: headerText }),
  ])
  .meta({ id: 'RecordingAuth' });

export const recordingTls = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('system') }),
    z.strictObject({
      mode: z.literal('own-ca'),
      ca: z
        .string()
        .max(100_000)
        .regex(/-----BEGIN CERTIFICATE-----/, 'expected certificates in PEM form')
        .describe('certificate authorities (PEM) that are believed in place of the system’s'),
    }),
    z.strictObject({
      mode: z.literal('insecure').describe('any certificate is believed; every recording says so'),
    }),
  ])
  .meta({ id: 'RecordingTls' });

/** What is shown of a host: never its credential. */
export const recordingHost = z
  .object({
    host: z.string().describe('`m.example`, `*.m.example` (all below it) or `m.example:8443` (one port)'),
    auth: z.enum(recordingAuthKinds).nullable().describe('kind of the credential; null: none is sent'),
    auth_changed_at: instant.nullable(),
    tls: z.enum(recordingTlsModes),
    changed_at: instant,
    changed_by: z.string(),
  })
  .meta({ id: 'RecordingHost' });
export type RecordingHostBody = z.infer<typeof recordingHost>;

/** What may be changed of a host; what is left out stays. */
export const recordingHostChange = z.strictObject({
  auth: recordingAuth.nullable().optional().describe('null: send none'),
  tls: recordingTls.optional(),
});
export type RecordingHostChange = z.infer<typeof recordingHostChange>;

/** A host after a change, and how many calls are fetched again because of it. */
export const recordingHostChanged = z.object({
  rerun: z.int().describe('calls that could not be fetched from this host and are tried again now'),
});
export type RecordingHostChangedBody = z.infer<typeof recordingHostChanged>;

const idParam = z.object({ id: z.string() });
const hostParam = z.object({ id: z.string(), host: z.string().max(300) });
const noQuery = z.object({});

export const listRecordingHosts = route({
  method: 'GET',
  path: '/v1/connections/{id}/recording-hosts',
  summary: 'Hosts that serve recordings and need a credential, a further port or another certificate',
  access: 'read',
  params: idParam,
  query: noQuery,
  body: none,
  response: z.object({ items: z.array(recordingHost) }),
  status: 200,
});

export const putRecordingHost = route({
  method: 'PUT',
  path: '/v1/connections/{id}/recording-hosts/{host}',
  summary: 'Set credential and certificate for a host; calls that failed for it are fetched again',
  access: 'write',
  params: hostParam,
  query: noQuery,
  body: recordingHostChange,
  response: recordingHost.extend(recordingHostChanged.shape),
  status: 200,
});

export const deleteRecordingHost = route({
  method: 'DELETE',
  path: '/v1/connections/{id}/recording-hosts/{host}',
  summary: 'Forget a host with its credential',
  access: 'write',
  params: hostParam,
  query: noQuery,
  body: none,
  response: z.object({ removed: z.boolean() }),
  status: 200,
});
