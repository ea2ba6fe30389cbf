import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import { hashKey } from '../lib/keys.ts';

/** All connections and their keys in memory, so that the webhook authenticates without the database. */
export type ConnectionDirectory = {
  /** The connection that the key opens, or null: unknown, expired or revoked. */
  find: (apiKey: string) => Promise<Connection | null>;
  reload: () => Promise<void>;
};

type Key = { connection: Connection; expiresAt: Date | null };
type SettingsRow = {
  id: string;
  name: string;
  platform: Connection['platform'];
  time_zone: string;
  currency: string;
  default_country: string;
  channel_layout: Connection['channelLayout'];
  scorecard: string | null;
  state: Connection['state'];
  mapping: Connection['mapping'];
};
type Row = SettingsRow & { hash: Buffer; expires_at: Date | null };

/** The newest version of the mapping of connection `c`; null where it has none. */
const mappingInForce = sql`(
  select json_build_object('version', m.version, 'map', m.map) from connection_mapping m
  where m.connection_id = c.id order by m.version desc limit 1)`;

/**
 * A key made a moment ago by another process must work, so an unknown one makes the directory look again. All
 * that arrive meanwhile share that look, so that a flood of false keys costs the database two queries a second.
 */
const secondLookMs = 500;

export async function openConnectionDirectory(db: Database): Promise<ConnectionDirectory> {
  let keys = new Map<string, Key>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  async function load() {
    const { rows } = await sql<Row>`
      select c.id, c.name, c.platform, c.time_zone, c.currency, c.default_country, c.channel_layout, c.scorecard,
        c.state, ${mappingInForce} as mapping, k.hash, k.expires_at
      from connection c join connection_key k on k.connection_id = c.id
      where k.expires_at is null or k.expires_at > now()`.execute(db);
    const connections = new Map<string, Connection>();
    const next = new Map<string, Key>();
    for (const row of rows) {
      const connection = connections.get(row.id) ?? toConnection(row);
      connections.set(row.id, connection);
      next.set(row.hash.toString('base64'), { connection, expiresAt: row.expires_at });
    }
    keys = next;
  }

  let again = false;
  async function loadAll() {
    do {
      again = false;
      await load();
    } while (again);
  }

  function reload(): Promise<void> {
    loadedAt = performance.now();
    // a look under way may have missed what this call is about, such as a key revoked just now
    again = true;
    loading ??= loadAll().finally(() => {
      loading = null;
    });
    return loading;
  }

  let looking: Promise<void> | null = null;
  function secondLook(): Promise<void> {
    const wait = Math.max(0, loadedAt + secondLookMs - performance.now());
    looking ??= sleep(wait)
      .then(reload)
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  function lookUp(hash: string): Connection | null {
    const key = keys.get(hash);
    if (!key || (key.expiresAt && key.expiresAt <= new Date())) return null;
    return key.connection;
  }

  await reload();
  return {
    reload,
    async find(apiKey) {
      const hash = hashKey(apiKey).toString('base64');
      const known = lookUp(hash);
      if (known) return known;
      await secondLook();
      return lookUp(hash);
    },
  };
}

function toConnection(row: SettingsRow): Connection {
  return {
    id: row.id,
    name: row.name,
    platform: row.platform,
    timeZone: row.time_zone,
    currency: row.currency,
    defaultCountry: row.default_country,
    channelLayout: row.channel_layout,
    scorecard: row.scorecard,
    state: row.state,
    mapping: row.mapping,
  };
}

/** Settings of every connection by its id, for work that needs no keys. */
export async function listConnectionSettings(db: Database): Promise<Map<string, Connection>> {
  const { rows } = await sql<SettingsRow>`
    select c.id, c.name, c.platform, c.time_zone, c.currency, c.default_country, c.channel_layout, c.scorecard,
      c.state, ${mappingInForce} as mapping
    from connection c`.execute(db);
  return new Map(rows.map((row) => [row.id, toConnection(row)]));
}
