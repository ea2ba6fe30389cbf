import { z } from 'zod';
import { platforms } from '../domain/connection.ts';
import { isCountry, isCurrency } from '../domain/places.ts';
import { keyPlaceholder } from './key-placeholder.ts';
import { route } from './route.ts';
import { instant, none, page, pageQuery, timeZone } from './shapes.ts';

const settings = {
  name: z.string().trim().min(1).max(200),
  platform: z.enum(platforms),
  time_zone: timeZone.describe('IANA zone of call_date, e.g. America/New_York'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .refine(isCurrency, 'expected a currency of ISO 4217 such as USD'),
  default_country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .refine(isCountry, 'expected a country of ISO 3166 such as US or GB'),
  channel_layout: z.enum(['caller-agent', 'agent-caller', 'mono']),
  scorecard: z.string().nullable(),
};

export const connection = z
  .object({
    id: z.string(),
    ...settings,
    state: z.enum(['active', 'paused']),
    created_at: instant,
    url: z.string().describe('ingestion URL to paste at the platform'),
    last_event_at: instant.nullable(),
    event_count: z.int(),
    event_count_estimated: z
      .boolean()
      .optional()
      .describe('true where there are too many to count: from the statistics of the store'),
    quarantined_count: z.int(),
    refused_count: z.int().describe('requests that failed authentication'),
    keys: z.array(
      z.object({ id: z.string(), hint: z.string(), created_at: instant, expires_at: instant.nullable() }),
    ),
  })
  .meta({ id: 'Connection' });
export type ConnectionBody = z.infer<typeof connection>;

const templates = z.array(
  z.object({
    trigger: z.string(),
    method: z.string(),
    url: z.string(),
    content_type: z.string(),
    body: z.string(),
    where: z.string().describe('where to paste it at the platform'),
  }),
);

/** What is shown once, at creation or rotation. */
export const connectionSecret = z
  .object({
    connection_id: z.string(),
    api_key: z.string().describe('shown this once; only its hash is kept'),
    url: z.string(),
    curl: z.string().describe('a ready command that posts one test event'),
    templates: templates.describe('one per trigger, with keys filled in'),
  })
  .meta({ id: 'ConnectionSecret' });
export type ConnectionSecretBody = z.infer<typeof connectionSecret>;

const noParams = z.object({});
const idParam = z.object({ id: z.string() });

export const listConnections = route({
  method: 'GET',
  path: '/v1/connections',
  summary: 'Connections',
  access: 'read',
  params: noParams,
  query: z.object(pageQuery),
  body: none,
  response: page(connection),
  status: 200,
});

export const getConnection = route({
  method: 'GET',
  path: '/v1/connections/{id}',
  summary: 'One connection',
  access: 'read',
  params: idParam,
  query: z.object({}),
  body: none,
  response: connection,
  status: 200,
});

export const createConnection = route({
  method: 'POST',
  path: '/v1/connections',
  summary: 'Create a connection; the answer holds its key, shown once',
  access: 'write',
  params: noParams,
  query: z.object({}),
  body: z.object({
    ...settings,
    platform: settings.platform.default('generic'),
    currency: settings.currency.default('USD'),
    default_country: settings.default_country.default('US'),
    channel_layout: settings.channel_layout.default('caller-agent'),
    scorecard: settings.scorecard.default(null),
  }),
  response: connectionSecret,
  status: 201,
});

export const updateConnection = route({
  method: 'PATCH',
  path: '/v1/connections/{id}',
  summary: 'Change settings, pause or resume',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: z.object({ ...settings, state: z.enum(['active', 'paused']) }).partial(),
  response: connection,
  status: 200,
});

export const getTemplates = route({
  method: 'GET',
  path: '/v1/connections/{id}/templates',
  summary: `What to paste at the platform, one per trigger; ${keyPlaceholder} stands where the key belongs`,
  access: 'read',
  params: idParam,
  query: z.object({}),
  body: none,
  response: z.object({ templates }),
  status: 200,
});

export const rotateKey = route({
  method: 'POST',
  path: '/v1/connections/{id}/keys',
  summary: 'Make a new key; the old one works on for the overlap',
  access: 'write',
  params: idParam,
  query: z.object({}),
  body: z.object({ overlap_hours: z.number().min(0).max(720).default(24) }),
  response: connectionSecret,
  status: 201,
});
