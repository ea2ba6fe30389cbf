import { z } from 'zod';
import type { Route } from '../contract/route.ts';
import { Problem } from './problems.ts';

export type Input<R> =
  R extends Route<infer P, infer Q, infer B, infer _>
    ? { params: z.infer<P>; query: z.infer<Q>; body: z.infer<B> }
    : never;

type Sent = { params: unknown; query: unknown; body?: unknown };
type Fault = { field: string; message: string };

/**
 * What a request brings, by its route in the contract. A name that the route does not know is refused, since it is a
 * typing error whose wish would silently go unheard.
 * @throws Problem · ZodError, answered with 400
 */
export function readInput<R extends Route>(route: R, sent: Sent): Input<R> {
  const body = sent.body ?? undefined;
  refuseNul(sent.params, sent.query, body);
  const unknown = [...unknownNames(route.query, sent.query, ''), ...unknownNames(route.body, body, '')];
  if (unknown.length > 0) refuse(unknown);
  return {
    params: route.params.parse(sent.params),
    query: route.query.parse(sent.query),
    body: route.body.parse(body),
  } as Input<R>;
}

/** PostgreSQL stores every character but NUL. @throws Problem 400 naming the field that holds one */
export function refuseNul(...parts: unknown[]): void {
  // no recursion: senders choose the depth
  const left = parts.map((value) => ({ field: '', value }));
  for (let next = left.pop(); next; next = left.pop()) {
    const { field, value } = next;
    if (typeof value === 'string' && value.includes('\0'))
      refuse([{ field, message: 'holds a NUL character' }]);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\0')) refuse([{ field, message: 'holds a name with a NUL character' }]);
      left.push({ field: field ? `${field}.${name}` : name, value: inner });
    }
  }
}

/** Names that no schema knows, with those it knows; where a schema takes any name, all are known. */
function unknownNames(schema: unknown, value: unknown, path: string): Fault[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return unknownNames(schema.unwrap(), value, path);
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return [];
  const known = Object.keys(schema.shape);
  return Object.entries(value).flatMap(([name, inner]) => {
    if (known.includes(name)) return unknownNames(schema.shape[name], inner, `${path}${name}.`);
    if (schema.def.catchall && !(schema.def.catchall instanceof z.ZodNever)) return [];
    return [{ field: path + name, message: `is not known here. Known: ${known.join(', ') || 'none'}` }];
  });
}

function refuse(errors: Fault[]): never {
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw new Problem(400, 'bad_request', detail, { errors });
}
