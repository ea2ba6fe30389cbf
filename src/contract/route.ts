import type { z } from 'zod';

/**
 * Who may call a route: anybody, a signed-in person or a machine key with the scope. `admin` is for what cannot be
 * taken back; owners have every scope.
 */
export type Access = 'public' | 'read' | 'write' | 'admin';

/**
 * One route, described once: the server binds a handler to it (src/http/bind.ts), the pages call it
 * (web/src/api.ts), OpenAPI derives from it (src/contract/openapi.ts).
 */
export type Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for parameters, as in OpenAPI. */
  path: string;
  summary: string;
  access: Access;
  params: Params;
  query: Query;
  /** `z.undefined()` where the request has none. */
  body: Body;
  response: Response;
  /** Media types of a body that is no JSON; such a route is bound by hand. */
  consumes?: readonly string[];
  /** Media types of an answer that is no JSON; such a route is bound by hand. */
  produces?: readonly string[];
  /** Success status; 200 unless told. */
  status: 200 | 201 | 202 | 204;
};

/** Fills in what a route leaves out. */
export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(described: Route<Params, Query, Body, Response>): Route<Params, Query, Body, Response> {
  return described;
}
