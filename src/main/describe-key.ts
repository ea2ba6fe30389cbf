import { sql } from 'kysely';
import type { ConnectionSecretBody } from '../contract/connections.ts';
import type { Database } from '../db/database.ts';
import type { Platform } from '../domain/connection.ts';
import { curlFor, templatesFor } from '../normalize/templates.ts';

/** What is shown once about a new key: address, a ready curl, and what to paste at the platform. */
export async function describeKey(
  db: Database,
  publicUrl: string,
  key: { connectionId: string; apiKey: string },
): Promise<ConnectionSecretBody> {
  const { rows } = await sql<{ platform: Platform; time_zone: string }>`
    select platform, time_zone from connection where id = ${key.connectionId}`.execute(db);
  const connection = rows[0]!;
  const url = `${publicUrl}/v1/events`;
  const place = { url, apiKey: key.apiKey, connectionId: key.connectionId };
  return {
    connection_id: key.connectionId,
    api_key: key.apiKey,
    url,
    curl: curlFor({ ...place, timeZone: connection.time_zone, now: new Date() }),
    templates: templatesFor(connection.platform, place),
  };
}
