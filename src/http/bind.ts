import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Route } from '../contract/route.ts';
import { authorize, type FindPrincipal, type Principal } from './principal.ts';
import { type Input, readInput } from './read-input.ts';

export type Output<R> = R extends Route<infer _P, infer _Q, infer _B, infer S> ? z.infer<S> : never;

export type Context = { principal: Principal | null; request: FastifyRequest; reply: FastifyReply };

/** Binds a handler to a route of the contract: authorises, validates what comes in, types what goes out. */
export type Bind = <R extends Route>(
  route: R,
  handler: (input: Input<R>, context: Context) => Promise<Output<R>>,
) => void;

export function createBind(app: FastifyInstance, findPrincipal: FindPrincipal): Bind {
  return (route, handler) => {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async handler(request, reply) {
        const principal = await findPrincipal(request);
        authorize(principal, route.access, request);
        const output = await handler(readInput(route, request), { principal, request, reply });
        if (reply.sent) return reply;
        return reply.code(route.status).send(output);
      },
    });
  };
}
