import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import { newId } from '../lib/ids.ts';
import { hashKey, keyHint, newKey } from '../lib/keys.ts';
import { UserError } from '../lib/user-error.ts';

export type ConnectionSettings = Omit<Connection, 'id' | 'state' | 'mapping'>;

/** A connection and its new key, which nobody can read again. */
export type NewKey = { connectionId: string; apiKey: string };

/** Thrown when the name is taken. */
export class NameTaken extends UserError {
  override name = 'NameTaken';
}

/** @throws NameTaken */
export async function createConnection(db: Database, settings: ConnectionSettings): Promise<NewKey> {
  const id = newId('con');
  return db.transaction().execute(async (tx) => {
    const made = await sql`
      insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout, scorecard)
      values (${id}, ${settings.name}, ${settings.platform}, ${settings.timeZone}, ${settings.currency},
        ${settings.defaultCountry}, ${settings.channelLayout}, ${settings.scorecard})
      on conflict (name) do nothing`.execute(tx);
    if (made.numAffectedRows === 0n)
      throw new NameTaken(`There is a connection named ${settings.name} already.`);
    return { connectionId: id, apiKey: await addKey(tx, id) };
  });
}

/** Adds a key; the keys before it stop working after the overlap. @returns null when there is no such connection */
export async function rotateKey(
  db: Database,
  connectionId: string,
  overlapHours: number,
): Promise<NewKey | null> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`select from connection where id = ${connectionId} for update`.execute(tx);
    if (rows.length === 0) return null;
    const end = sql`now() + make_interval(secs => ${overlapHours * 3600})`;
    await sql`update connection_key set expires_at = least(expires_at, ${end})
      where connection_id = ${connectionId}`.execute(tx);
    return { connectionId, apiKey: await addKey(tx, connectionId) };
  });
}

async function addKey(tx: Database, connectionId: string): Promise<string> {
  const apiKey = newKey('ak');
  await sql`insert into connection_key (id, connection_id, hash, hint)
    values (${newId('key')}, ${connectionId}, ${hashKey(apiKey)}, ${keyHint(apiKey)})`.execute(tx);
  return apiKey;
}

/** Changes what is given. @returns false when there is no such connection */
export async function updateConnection(
  db: Database,
  connectionId: string,
  change: Partial<ConnectionSettings & { state: Connection['state'] }>,
): Promise<boolean> {
  const keep = (value: string | undefined, column: string) =>
    sql`coalesce(${value ?? null}, ${sql.ref(column)})`;
  const result = await sql`
    update connection set
      name = ${keep(change.name, 'name')},
      platform = ${keep(change.platform, 'platform')},
      time_zone = ${keep(change.timeZone, 'time_zone')},
      currency = ${keep(change.currency, 'currency')},
      default_country = ${keep(change.defaultCountry, 'default_country')},
      channel_layout = ${keep(change.channelLayout, 'channel_layout')},
      state = ${keep(change.state, 'state')},
      scorecard = case when ${change.scorecard !== undefined} then ${change.scorecard ?? null} else scorecard end
    where id = ${connectionId}`.execute(db);
  return result.numAffectedRows === 1n;
}

const connectionIdForm = /^con_[0-9A-Z]{26}$/;

/** Counts of refused requests are gathered in memory and written now and then: a flood must not reach the disk. */
export function createRefusalCounter(db: Database): {
  count: (connectionId: string) => void;
  flush: () => Promise<void>;
} {
  let counts = new Map<string, number>();
  return {
    count(connectionId) {
      // strangers name what they like: only what could be a connection is counted, and the map stays small
      if (!connectionIdForm.test(connectionId)) return;
      if (counts.size < 1_000 || counts.has(connectionId)) {
        counts.set(connectionId, (counts.get(connectionId) ?? 0) + 1);
      }
    },
    async flush() {
      if (counts.size === 0) return;
      const batch = counts;
      counts = new Map();
      await sql`
        update connection c set refused_count = c.refused_count + n.count, refused_at = now()
        from jsonb_each_text(${JSON.stringify(Object.fromEntries(batch))}::jsonb) as j(id, text)
        cross join lateral (select j.text::bigint as count) n
        where c.id = j.id`.execute(db);
    },
  };
}
