import {
  getMapping,
  getReadings,
  previewMapping as previewRoute,
  putMapping,
} from '../../contract/mapping.ts';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Mapping } from '../../domain/mapping.ts';
import { listConnectionSettings } from '../../receive/connection-directory.ts';
import {
  type Explain,
  previewMapping,
  readLastRequests,
  summarizeNames,
} from '../../receive/explain-stored.ts';
import { listMappings, saveMapping } from '../../receive/mapping-store.ts';
import { arrivedAt, findRequest, parseStored } from '../../receive/stored-request.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type MappingRoutesDeps = {
  db: Database;
  explain: Explain;
  /** A name that always leads to its own field, whatever a mapping says. */
  isContractName: (name: string) => boolean;
  /** What is wrong with a mapping of this connection; nothing: it can be used. */
  checkMapping: (mapping: Mapping, connection: Connection) => { field: string; message: string }[];
};

/** Names of which a connection's page tells where they lead come from this many of its last events. */
const eventsSeen = 50;

export function mappingRoutes(bind: Bind, deps: MappingRoutesDeps): void {
  const { db, explain } = deps;

  async function find(id: string): Promise<Connection> {
    const connection = (await listConnectionSettings(db)).get(id);
    if (!connection) throw notFound('connection');
    return connection;
  }

  function check(mapping: Mapping, connection: Connection, at = ''): void {
    const errors = deps
      .checkMapping(mapping, connection)
      .map(({ field, message }) => ({ field: at + field, message }));
    if (errors.length === 0) return;
    const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    throw new Problem(400, 'bad_request', detail, { errors });
  }

  bind(getMapping, async ({ params }) => {
    const connection = await find(params.id);
    const [history, requests] = await Promise.all([
      listMappings(db, params.id),
      readLastRequests(db, params.id, eventsSeen),
    ]);
    return { in_force: history[0] ?? null, history, names: summarizeNames(requests, connection, deps) };
  });

  bind(putMapping, async ({ params, body }, { principal }) => {
    check(body, await find(params.id));
    const saved = await saveMapping(db, params.id, body, principal!.email ?? principal!.name);
    if (!saved) throw notFound('connection');
    return saved;
  });

  bind(previewRoute, async ({ params, query, body }) => {
    const connection = await find(params.id);
    check(body.mapping, connection, 'mapping.');
    const requests = await readLastRequests(db, params.id, query.limit);
    return { items: previewMapping(requests, connection, body.mapping, explain) };
  });

  bind(getReadings, async ({ params }) => {
    const stored = await findRequest(db, params.id);
    if (!stored) throw notFound('event');
    const connection = await find(stored.connection_id);
    const parsed = parseStored(stored);
    return {
      mapping_version: stored.mapping_version,
      mapping_in_force: connection.mapping?.version ?? null,
      readings: parsed ? explain(parsed.data, connection, arrivedAt(stored)).readings : [],
    };
  });
}
