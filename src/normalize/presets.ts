import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { callFields } from '../domain/call-fields.ts';
import { type Platform, platforms } from '../domain/connection.ts';
import type { MappingSource } from './field-mapping.ts';

const targets = ['call_instance_id', 'event', ...callFields] as const;

const template = z.strictObject({
  trigger: z.string().min(1).describe("the platform's own name of the trigger"),
  method: z.enum(['POST', 'GET']),
  content_type: z.enum(['application/json', 'application/x-www-form-urlencoded', '']),
  where: z.string().min(1).describe('where to paste it at the platform'),
  event: z.enum(['incoming', 'connected', 'completed', 'recording', 'disposition']),
  keys_in: z.enum(['body', 'url']).default('body').describe('url: the platform sends a body of its own'),
  fields: z.partialRecord(z.enum(targets), z.string()),
});

const presetFile = z.strictObject({
  platform: z.enum(platforms),
  name: z.string().min(1),
  notes: z.string().optional(),
  aliases: z.record(z.string(), z.enum(targets)),
  extra: z.record(z.string(), z.string()).default({}),
  values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  templates: z.array(template).min(1),
});

/** What Aria knows about a platform: its names, its words, and the requests to paste there. */
export type Preset = MappingSource & z.infer<typeof presetFile>;

const loaded = new Map<Platform, Preset>();

/** The preset of a platform from connections/*.yaml, read and checked once. A broken file throws: it ships with Aria. */
export function loadPreset(platform: Platform): Preset {
  let preset = loaded.get(platform);
  if (!preset) {
    const file = new URL(`../../connections/${platform}.yaml`, import.meta.url);
    preset = presetFile.parse(parse(readFileSync(file, 'utf8')));
    loaded.set(platform, preset);
  }
  return preset;
}
