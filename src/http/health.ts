import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { unavailable } from './problems.ts';

export type HealthDeps = {
  db: Database;
  registry: Registry;
  findPrincipal: FindPrincipal;
  isFailing: () => boolean;
};

/** `/health/live`: the process runs. `/health/ready`: it can store events. `/metrics`: for Prometheus, with a key. */
export function mountHealth(app: FastifyInstance, deps: HealthDeps): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async () => {
    await sql`select 1`.execute(deps.db);
    // a full disk answers questions and takes no events
    if (deps.isFailing()) throw unavailable();
    return { status: 'ok' };
  });
  app.get('/metrics', async (request, reply) => {
    authorize(await deps.findPrincipal(request), 'read', request);
    return reply.type(deps.registry.contentType).send(await deps.registry.metrics());
  });
}
