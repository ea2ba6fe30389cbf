import { sql } from 'kysely';
import type { RecordingHostBody, RecordingHostChange } from '../contract/recording-hosts.ts';
import type { Database } from '../db/database.ts';
import type { RecordingAuth, RecordingAuthKind, RecordingTls } from '../domain/recording-host.ts';
import type { HostPattern } from '../lib/host-pattern.ts';
import { seal, unseal } from '../lib/seal.ts';

/** The key under which credentials are sealed, 32 bytes; read within the given transaction. */
export type SealingKey = (tx: Database) => Promise<Buffer>;

type Row = {
  host: string;
  auth_kind: RecordingAuthKind | null;
  auth_changed_at: Date | null;
  tls: RecordingTls['mode'];
  changed_at: Date;
  changed_by: string;
};
const shown = sql`host, auth_kind, auth_changed_at, tls, changed_at, changed_by`;

/** What people may see of a connection's hosts. @returns null when there is no such connection */
export async function listRecordingHosts(
  db: Database,
  connectionId: string,
): Promise<RecordingHostBody[] | null> {
  const { rows } = await sql<Row | { host: null }>`
    select ${shown} from connection c left join recording_host h on h.connection_id = c.id
    where c.id = ${connectionId} order by h.host`.execute(db);
  if (rows.length === 0) return null;
  return rows.filter((row) => row.host !== null).map(toBody);
}

/**
 * Sets what is given and leaves the rest. @returns null when there is no such connection
 */
export async function saveRecordingHost(
  db: Database,
  place: { connectionId: string; pattern: HostPattern },
  change: RecordingHostChange,
  by: { changedBy: string; sealingKey: SealingKey },
): Promise<RecordingHostBody | null> {
  const { connectionId } = place;
  const host = place.pattern.text;
  return db.transaction().execute(async (tx) => {
    // also makes rotation of the sealing key, and a second person's change, wait
    const found = await sql`select from connection where id = ${connectionId} for update`.execute(tx);
    if (found.rows.length === 0) return null;
    const { auth, tls } = change;
    const key = auth ? await by.sealingKey(tx) : null;
    const sealed = auth && key ? seal(key, JSON.stringify(auth), contextOf(connectionId, host)) : null;
    const ca = tls?.mode === 'own-ca' ? tls.ca : null;
    const { rows } = await sql<Row>`
      insert into recording_host as h (connection_id, host, auth_kind, auth_sealed, auth_changed_at, tls, ca, changed_by)
      values (${connectionId}, ${host}, ${auth?.kind ?? null}, ${sealed}, case when ${auth != null} then now() end,
        ${tls?.mode ?? 'system'}, ${ca}, ${by.changedBy})
      on conflict (connection_id, host) do update set
        auth_kind = case when ${auth === undefined} then h.auth_kind else excluded.auth_kind end,
        auth_sealed = case when ${auth === undefined} then h.auth_sealed else excluded.auth_sealed end,
        auth_changed_at = case when ${auth === undefined} then h.auth_changed_at else now() end,
        tls = case when ${tls === undefined} then h.tls else excluded.tls end,
        ca = case when ${tls === undefined} then h.ca else excluded.ca end,
        changed_at = now(), changed_by = excluded.changed_by
      returning ${shown}`.execute(tx);
    return toBody(rows[0]!);
  });
}

/** @returns false when there is no such host */
export async function removeRecordingHost(
  db: Database,
  connectionId: string,
  pattern: HostPattern,
): Promise<boolean> {
  const removed = await sql`
    delete from recording_host where connection_id = ${connectionId} and host = ${pattern.text}`.execute(db);
  return removed.numAffectedRows === 1n;
}

/** A host with its secrets, for a download. */
export type OpenedHost = { host: string; auth: RecordingAuth | null; tls: RecordingTls };

/** All of a connection's hosts with their credentials. @throws Error where a credential cannot be opened */
export async function openRecordingHosts(
  db: Database,
  connectionId: string,
  sealingKey: SealingKey,
): Promise<OpenedHost[]> {
  const read = (tx: Database) =>
    sql<SecretRow>`
    select host, auth_sealed, tls, ca from recording_host where connection_id = ${connectionId}`.execute(tx);
  const { rows } = await read(db);
  if (rows.every((row) => row.auth_sealed === null)) return rows.map((row) => toOpened(row, null));
  // a rotation of the key must not come between key and credentials
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const key = await sealingKey(tx);
      const secrets = (await read(tx)).rows;
      return secrets.map(({ auth_sealed, ...row }) => {
        const text = auth_sealed && unseal(key, auth_sealed, contextOf(connectionId, row.host));
        return toOpened(row, text === null ? null : (JSON.parse(text) as RecordingAuth));
      });
    });
}

type SecretRow = { host: string; auth_sealed: Buffer | null; tls: RecordingTls['mode']; ca: string | null };

/** Seals every credential anew. @param keys the one in use and the one to use from this transaction on */
export async function resealRecordingHosts(
  tx: Database,
  keys: { from: Buffer; to: Buffer },
): Promise<number> {
  const { rows } = await sql<{ connection_id: string; host: string; auth_sealed: Buffer }>`
    select connection_id, host, auth_sealed from recording_host where auth_sealed is not null
    for update`.execute(tx);
  for (const { connection_id, host, auth_sealed } of rows) {
    const context = contextOf(connection_id, host);
    const sealed = seal(keys.to, unseal(keys.from, auth_sealed, context), context);
    await sql`update recording_host set auth_sealed = ${sealed}
      where connection_id = ${connection_id} and host = ${host}`.execute(tx);
  }
  return rows.length;
}

function contextOf(connectionId: string, host: string): string {
  return `${connectionId} ${host}`;
}

function toOpened({ host, tls, ca }: Omit<SecretRow, 'auth_sealed'>, auth: RecordingAuth | null): OpenedHost {
  return { host, auth, tls: tls === 'own-ca' ? { mode: tls, ca: ca ?? '' } : { mode: tls } };
}

function toBody(row: Row): RecordingHostBody {
  return {
    host: row.host,
    auth: row.auth_kind,
    auth_changed_at: row.auth_changed_at?.toISOString() ?? null,
    tls: row.tls,
    changed_at: row.changed_at.toISOString(),
    changed_by: row.changed_by,
  };
}
