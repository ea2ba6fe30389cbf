import {
  getConnectionEngines,
  listEngines as listRoute,
  putConnectionEngines,
  resumeEngine,
} from '../../contract/engines.ts';
import type { Database } from '../../db/database.ts';
import type { EngineName } from '../../domain/engine.ts';
import { setEngineOrder } from '../../receive/engine-order.ts';
import { getEngineOrder, type KnownEngine, listEngines } from '../../report/engine-list.ts';
import type { Bind } from '../bind.ts';
import { notFound } from '../problems.ts';

export type EngineRoutesDeps = {
  db: Database;
  /** All engines, set up or not. */
  knownEngines: () => Promise<KnownEngine[]>;
  /** The order of connections without one of their own. */
  engineOrder: readonly EngineName[];
  /** Takes an engine's alert away; false where it had none. */
  clearAlert: (name: EngineName) => Promise<boolean>;
};

export function engineRoutes(bind: Bind, deps: EngineRoutesDeps): void {
  const { db, engineOrder } = deps;
  const describe = (id: string, engines: EngineName[] | null | undefined) => {
    if (engines === undefined) throw notFound('connection');
    return { connection_id: id, engines, in_force: engines ?? [...engineOrder] };
  };

  bind(listRoute, async () => ({
    items: await listEngines(db, await deps.knownEngines(), engineOrder),
    order: [...engineOrder],
  }));

  bind(resumeEngine, async ({ params }) => ({
    engine: params.engine,
    rested: await deps.clearAlert(params.engine),
  }));

  bind(getConnectionEngines, async ({ params }) => describe(params.id, await getEngineOrder(db, params.id)));

  bind(putConnectionEngines, async ({ params, body }) => {
    if (params.id.includes('\0') || !(await setEngineOrder(db, params.id, body.engines)))
      throw notFound('connection');
    return describe(params.id, body.engines);
  });
}
