import { z } from 'zod';
import { engineNames } from '../domain/engine.ts';
import { route } from './route.ts';
import { decimal, instant, none } from './shapes.ts';

const engineName = z.enum(engineNames);

/** How a transcript came about. */
export const hearing = z
  .object({
    engine: engineName.nullable().describe('null where nothing was to be heard'),
    audio_seconds: z.number().nullable(),
    engine_seconds: z.number().nullable().describe('work, waiting for an answer included'),
    real_time_factor: z.number().nullable().describe('engine_seconds / audio_seconds'),
    cost: decimal.nullable().describe('USD; null where nothing is charged or no price is known'),
    warnings: z.array(z.string()).describe('what is less good about this transcript'),
    tried: z
      .array(z.object({ engine: engineName, code: z.string(), detail: z.string() }))
      .describe('engines asked before, in vain'),
  })
  .meta({ id: 'Hearing' });

/** Speech engines in the order in which they are asked: each once, one at least. */
export const engineOrder = z
  .array(engineName)
  .min(1)
  .max(engineNames.length)
  .refine((names) => new Set(names).size === names.length, 'each engine once');

export const engine = z
  .object({
    engine: engineName,
    set_up: z.boolean(),
    model: z.string().nullable().describe('what listens; null where the engine is not set up'),
    missing: z.string().nullable().describe('what to do to use it; null where nothing is missing'),
    price_per_minute: decimal
      .nullable()
      .describe('USD per minute of sound, each channel counted (ARIA_TRANSCRIBE_PRICES)'),
    alert: z
      .object({
        code: z.string(),
        detail: z.string(),
        advice: z.string(),
        since: instant,
        last_at: instant,
        try_at: instant.describe('when one call tries again'),
      })
      .nullable()
      .describe('it failed for a reason of its own and rests; others in the order are asked meanwhile'),
    parked_calls: z.int().describe('calls that wait and would be heard by this engine'),
    last_7_days: z.object({
      calls: z.int(),
      audio_seconds: z.number(),
      engine_seconds: z.number().describe('work, waiting for an answer included'),
      real_time_factor: z.number().nullable().describe('engine_seconds / audio_seconds'),
      cost: decimal.nullable().describe('USD; null where no price is known'),
    }),
  })
  .meta({ id: 'Engine' });
export type EngineBody = z.infer<typeof engine>;

export const engineList = z
  .object({
    items: z.array(engine),
    order: z.array(engineName).describe('of connections without an order of their own (ARIA_ENGINES)'),
  })
  .meta({ id: 'EngineList' });
export type EngineListBody = z.infer<typeof engineList>;

export const connectionEngines = z
  .object({
    connection_id: z.string(),
    engines: z.array(engineName).nullable().describe('null: the order of the installation'),
    in_force: z.array(engineName).describe('the order in which engines are asked'),
  })
  .meta({ id: 'ConnectionEngines' });
export type ConnectionEnginesBody = z.infer<typeof connectionEngines>;

const empty = z.object({});
const idParam = z.object({ id: z.string() });

export const listEngines = route({
  method: 'GET',
  path: '/v1/engines',
  summary: 'Speech engines: what is set up, what rests and why, what they did in the last 7 days',
  access: 'read',
  params: empty,
  query: empty,
  body: none,
  response: engineList,
  status: 200,
});

export const resumeEngine = route({
  method: 'POST',
  path: '/v1/engines/{engine}/resume',
  summary: 'Ask an engine again that rests; calls that wait for it go on',
  access: 'write',
  params: z.object({ engine: engineName }),
  query: empty,
  body: none,
  response: z.object({ engine: engineName, rested: z.boolean().describe('false: it did not rest') }),
  status: 200,
});

export const getConnectionEngines = route({
  method: 'GET',
  path: '/v1/connections/{id}/engines',
  summary: "The order in which a connection's calls are given to speech engines",
  access: 'read',
  params: idParam,
  query: empty,
  body: none,
  response: connectionEngines,
  status: 200,
});

export const putConnectionEngines = route({
  method: 'PUT',
  path: '/v1/connections/{id}/engines',
  summary: 'Set that order; null for that of the installation',
  access: 'write',
  params: idParam,
  query: empty,
  body: z.object({ engines: engineOrder.nullable() }),
  response: connectionEngines,
  status: 200,
});
