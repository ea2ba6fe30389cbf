import { z } from 'zod';
import { problem } from './problem.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { callEvent, receipt, receipts } from './webhook.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of everything under /v1, derived from the routes that the server binds. */
export function describeApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes)) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(name, route as Route),
    };
  }
  for (const path of ['/v1/events', '/v1/events/{connection_id}']) {
    paths[path] = { ...paths[path], post: webhookOperation(path) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Aria',
      version,
      description:
        'Call events in, outcomes out. Senders post to /v1/events; everything else reads what came of it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ machineKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        machineKey: { type: 'http', scheme: 'bearer', description: 'npx aria key create' },
        session: { type: 'apiKey', in: 'cookie', name: 'aria.session_token' },
        connectionKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Api-Key',
          description: "a connection's api_key",
        },
      },
    },
  };
}

function operation(name: string, route: Route): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  const hasBody = !(route.body instanceof z.ZodUndefined);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: { required: true, content: json(route.body, 'input') } }),
    ...(route.consumes && { requestBody: { required: true, content: raw(route.consumes) } }),
    responses: {
      [route.status]: {
        description: 'Success',
        content: route.produces ? raw(route.produces) : json(route.response, 'output'),
      },
      default: problemResponse,
    },
  };
}

function webhookOperation(path: string): Json {
  const content = Object.fromEntries(
    ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => [
      type,
      { schema: { $ref: '#/components/schemas/CallEvent' } },
    ]),
  );
  return {
    operationId: path.includes('{') ? 'sendEventTo' : 'sendEvent',
    summary: 'Send a completion or disposition event (also by PUT, PATCH or GET with a query)',
    security: [{ connectionKey: [] }, {}],
    ...(path.includes('{') && {
      parameters: [{ name: 'connection_id', in: 'path', required: true, schema: { type: 'string' } }],
    }),
    requestBody: { required: true, content },
    responses: {
      200: { description: 'Exact repeat of a known event', content: json(receipt, 'output') },
      202: { description: 'Stored durably', content: json(z.union([receipt, receipts]), 'output') },
      400: problemResponse,
      401: problemResponse,
      413: problemResponse,
      422: problemResponse,
      503: problemResponse,
    },
  };
}

const problemResponse = {
  description: 'Problem details (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function json(schema: z.ZodType, io: 'input' | 'output'): Json {
  return { 'application/json': { schema: toSchema(schema, io) } };
}

/** Bodies that are streamed as they are. */
function raw(types: readonly string[]): Json {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
}

function parametersOf(shape: z.ZodObject, place: 'path' | 'query'): Json[] {
  const schema = toSchema(shape, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

/** Schemas with an id stand once under components; everywhere else is a reference to them. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return refer(rest) as Json;
}

function refer(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(refer);
  if (typeof node !== 'object' || node === null) return node;
  // a schema's own id is text; a property that is called id is a schema
  const { id } = node as Json;
  if (typeof id === 'string') return { $ref: `#/components/schemas/${id}` };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : refer(value),
    ]),
  );
}

function schemas(): Json {
  const found: Record<string, Json> = {};
  const all: z.ZodType[] = [problem, callEvent, receipt, receipts];
  for (const route of Object.values(routes)) all.push(route.response as z.ZodType);
  for (const schema of all) {
    const { $schema, $defs, ...root } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [id, definition] of Object.entries($defs ?? {})) found[id] = withoutId(definition);
    if (typeof root.id === 'string') found[root.id] = withoutId(root);
  }
  return found;
}

function withoutId({ id: _, ...schema }: Json): Json {
  return refer(schema) as Json;
}
