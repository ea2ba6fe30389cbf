import { getConnectionHealth } from '../../contract/connection-health.ts';
import type { ConnectionSecretBody } from '../../contract/connections.ts';
import {
  createConnection as createRoute,
  getConnection,
  getTemplates,
  listConnections,
  rotateKey as rotateRoute,
  updateConnection as updateRoute,
} from '../../contract/connections.ts';
import { keyPlaceholder } from '../../contract/key-placeholder.ts';
import type { Database } from '../../db/database.ts';
import { listConnectionSettings } from '../../receive/connection-directory.ts';
import { createConnection, NameTaken, rotateKey, updateConnection } from '../../receive/connection-store.ts';
import { getConnectionHealth as queryHealth } from '../../report/connection-health.ts';
import {
  getConnection as queryConnection,
  listConnections as queryConnections,
} from '../../report/connection-list.ts';
import type { Bind } from '../bind.ts';
import { unknownScorecard } from '../known-scorecard.ts';
import { notFound, Problem } from '../problems.ts';

export type ConnectionRoutesDeps = {
  db: Database;
  /** Without a slash at its end. */
  publicUrl: () => string;
  scorecardIds: () => Promise<string[]>;
  /** The connection got another scorecard: calls that waited for one can go on. */
  onScorecardChanged: (connectionId: string) => Promise<void>;
  /** URL, curl and platform templates for a key that was just made. */
  describeKey: (key: { connectionId: string; apiKey: string }) => Promise<ConnectionSecretBody>;
};

export function connectionRoutes(bind: Bind, deps: ConnectionRoutesDeps): void {
  const { db, describeKey } = deps;
  const addresses = { ingestUrl: () => `${deps.publicUrl()}/v1/events` };

  bind(listConnections, ({ query }) => queryConnections(db, query, addresses));

  bind(getConnection, async ({ params }) => {
    const connection = await queryConnection(db, params.id, addresses);
    if (!connection) throw notFound('connection');
    return connection;
  });

  bind(getConnectionHealth, async ({ params }) => {
    const health = await queryHealth(db, params.id);
    if (!health) throw notFound('connection');
    return health;
  });

  bind(createRoute, async ({ body }) => {
    checkScorecard(body.scorecard, await deps.scorecardIds());
    const settings = {
      name: body.name,
      platform: body.platform,
      timeZone: body.time_zone,
      currency: body.currency,
      defaultCountry: body.default_country,
      channelLayout: body.channel_layout,
      scorecard: body.scorecard,
    };
    return describeKey(await createConnection(db, settings).catch(asConflict));
  });

  bind(updateRoute, async ({ params, body }) => {
    checkScorecard(body.scorecard, await deps.scorecardIds());
    const changed = await updateConnection(db, params.id, {
      ...(body.name && { name: body.name }),
      ...(body.platform && { platform: body.platform }),
      ...(body.time_zone && { timeZone: body.time_zone }),
      ...(body.currency && { currency: body.currency }),
      ...(body.default_country && { defaultCountry: body.default_country }),
      ...(body.channel_layout && { channelLayout: body.channel_layout }),
      ...(body.state && { state: body.state }),
      ...(body.scorecard !== undefined && { scorecard: body.scorecard }),
    }).catch(asConflict);
    if (changed && body.scorecard !== undefined) await deps.onScorecardChanged(params.id);
    const connection = changed ? await queryConnection(db, params.id, addresses) : null;
    if (!connection) throw notFound('connection');
    return connection;
  });

  bind(getTemplates, async ({ params }) => {
    if (!(await listConnectionSettings(db)).has(params.id)) throw notFound('connection');
    const { templates } = await describeKey({ connectionId: params.id, apiKey: keyPlaceholder });
    return { templates };
  });

  bind(rotateRoute, async ({ params, body }) => {
    const key = await rotateKey(db, params.id, body.overlap_hours);
    if (!key) throw notFound('connection');
    return describeKey(key);
  });
}

/** @throws Problem naming the field, as for any other wrong value */
function checkScorecard(scorecard: string | null | undefined, known: string[]): void {
  const message = unknownScorecard(scorecard, known);
  if (message) throw new Problem(400, 'bad_request', message, { errors: [{ field: 'scorecard', message }] });
}

/** The store tells a name that is taken in its own words when a connection is made, by SQLSTATE when it is renamed. */
function asConflict(error: unknown): never {
  if (error instanceof NameTaken) throw new Problem(409, 'name_taken', error.message);
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'connection_name_key')
    throw new Problem(409, 'name_taken', 'Another connection has this name already.');
  throw error;
}
