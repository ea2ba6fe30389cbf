import { z } from 'zod';
import { callFields } from '../domain/call-fields.ts';
import { eventKinds } from '../domain/event.ts';
import { dateOrders, decimalMarks } from '../domain/mapping.ts';
import { route } from './route.ts';
import { instant, none, warning } from './shapes.ts';

const senderName = z.string().min(1).max(200);

/** What a connection reads otherwise than its platform's preset. */
export const mapping = z
  .strictObject({
    aliases: z
      .record(senderName, z.string().max(200))
      .default({})
      .describe("sender's name → contract field, `call_instance_id`, `event`, or `extra.<name>`"),
    constants: z
      .partialRecord(z.enum(callFields), z.string().trim().min(1).max(500))
      .default({})
      .describe('text for fields that the sender leaves out'),
    date_order: z.enum(dateOrders).default('month-first').describe('how `03/04/2025` is read'),
    decimal_mark: z
      .enum(decimalMarks)
      .default('country')
      .describe('the fraction in `1,234` and `1.234`; `country`: as people write there, with a warning'),
    placeholders: z
      .array(z.string().trim().min(1).max(100))
      .max(100)
      .default([])
      .describe('further words that say "no value", in any case'),
  })
  .meta({ id: 'Mapping' });
export type MappingBody = z.infer<typeof mapping>;

export const mappingVersion = z
  .object({ version: z.int(), created_at: instant, created_by: z.string(), mapping })
  .meta({ id: 'MappingVersion' });
export type MappingVersionBody = z.infer<typeof mappingVersion>;

const leadsTo = z
  .string()
  .nullable()
  .describe('contract field, `call_instance_id`, `event` or `extra.<name>`; null: not kept');

/** How one name of an event was read. */
export const reading = z
  .object({
    name: z.string().nullable().describe("the sender's name; null for a constant of the mapping"),
    value: z.string().describe('as sent; JSON where it is no text; at most 500 characters'),
    field: leadsTo,
    result: z.union([z.string(), z.boolean()]).nullable().describe('what was read; null: unknown'),
    used: z.boolean().describe('false: unknown, or a better name gave the field its value'),
    warnings: z.array(warning),
  })
  .meta({ id: 'Reading' });
export type ReadingBody = z.infer<typeof reading>;

/** A name that the sender used, and where it leads. */
export const senderNameUse = z
  .object({
    name: z.string(),
    example: z.string().describe('its newest value that says something'),
    events: z.int().describe('of the last 50 that carry it'),
    field: leadsTo.describe('where it leads by the mapping in force'),
    preset_field: leadsTo.describe('where it leads by the preset alone'),
    fixed: z.boolean().describe("the contract's own name: it cannot lead elsewhere"),
  })
  .meta({ id: 'SenderNameUse' });
export type SenderNameUseBody = z.infer<typeof senderNameUse>;

const value = z.union([z.string(), z.boolean()]).nullable();

export const previewedField = z.object({
  field: z.string(),
  before: value,
  after: value,
  name_before: z.string().nullable().describe('the name that gave the value; null: a constant, or no value'),
  name_after: z.string().nullable(),
});

/** One event as it is read by the mapping in force and by the proposed one. */
export const previewedEvent = z
  .object({
    id: z.string(),
    received_at: instant,
    call_instance_id: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
    kind: z.object({ before: z.enum(eventKinds), after: z.enum(eventKinds) }),
    changed: z.boolean(),
    fields: z.array(previewedField).describe('every field that has a value before or after'),
    warnings_before: z.array(warning),
    warnings_after: z.array(warning),
  })
  .meta({ id: 'PreviewedEvent' });
export type PreviewedEventBody = z.infer<typeof previewedEvent>;

const idParam = z.object({ id: z.string() });
const noQuery = z.object({});

export const getMapping = route({
  method: 'GET',
  path: '/v1/connections/{id}/mapping',
  summary: 'How a connection reads its own names: the mapping in force, earlier versions, names seen lately',
  access: 'read',
  params: idParam,
  query: noQuery,
  body: none,
  response: z.object({
    in_force: mappingVersion.nullable().describe("null: the platform's preset alone"),
    history: z.array(mappingVersion).describe('newest first, the one in force included'),
    names: z.array(senderNameUse),
  }),
  status: 200,
});

export const putMapping = route({
  method: 'PUT',
  path: '/v1/connections/{id}/mapping',
  summary: 'Save a mapping as a new version, in force from the next event on',
  access: 'write',
  params: idParam,
  query: noQuery,
  body: mapping,
  response: mappingVersion,
  status: 200,
});

export const previewMapping = route({
  method: 'POST',
  path: '/v1/connections/{id}/mapping/preview',
  summary:
    "The connection's last real events, read by the mapping in force and by this one; nothing is changed",
  access: 'read',
  params: idParam,
  query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
  body: z.object({ mapping }),
  response: z.object({ items: z.array(previewedEvent) }),
  status: 200,
});

export const getReadings = route({
  method: 'GET',
  path: '/v1/events/{id}/readings',
  summary: 'How each name of an event is read, by the settings and mapping in force now',
  access: 'read',
  params: idParam,
  query: noQuery,
  body: none,
  response: z.object({
    mapping_version: z.int().nullable().describe('by which the stored values were read; null: preset alone'),
    mapping_in_force: z.int().nullable(),
    readings: z.array(reading),
  }),
  status: 200,
});
