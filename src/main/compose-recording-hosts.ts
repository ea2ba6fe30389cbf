import { sql } from 'kysely';
import type {
  RecordingHostBody,
  RecordingHostChange,
  RecordingHostChangedBody,
} from '../contract/recording-hosts.ts';
import type { Database } from '../db/database.ts';
import type { HostPattern } from '../lib/host-pattern.ts';
import {
  listRecordingHosts,
  removeRecordingHost,
  resealRecordingHosts,
  saveRecordingHost,
} from '../recording/recording-hosts.ts';
import { rerunForHost } from '../recording/rerun-for-host.ts';
import { installationSecret, replaceInstallationSecret } from './installation-secret.ts';

const secretName = 'recording-hosts';

/** The key under which credentials for servers of recordings are sealed. */
export async function recordingSealingKey(db: Database): Promise<Buffer> {
  return Buffer.from(await installationSecret(db, secretName), 'hex');
}

/** What the API and the commands do with the hosts of a connection's recordings. */
export type RecordingHosts = {
  /** @returns null when there is no such connection */
  list: (connectionId: string) => Promise<RecordingHostBody[] | null>;
  /** Calls that failed for the host are fetched again. @returns null when there is no such connection */
  put: (
    place: { connectionId: string; pattern: HostPattern },
    change: RecordingHostChange,
    changedBy: string,
  ) => Promise<(RecordingHostBody & RecordingHostChangedBody) | null>;
  /** @returns false when there is no such host */
  remove: (connectionId: string, pattern: HostPattern) => Promise<boolean>;
};

export function composeRecordingHosts(db: Database, onRerun: () => void): RecordingHosts {
  return {
    list: (connectionId) => listRecordingHosts(db, connectionId),
    remove: (connectionId, pattern) => removeRecordingHost(db, connectionId, pattern),
    async put(place, change, changedBy) {
      const saved = await saveRecordingHost(db, place, change, {
        changedBy,
        sealingKey: recordingSealingKey,
      });
      if (!saved) return null;
      const rerun = await rerunForHost(db, place.connectionId, place.pattern);
      if (rerun > 0) onRerun();
      return { ...saved, rerun };
    },
  };
}

/** Makes a new sealing key and seals every credential under it. @returns how many there are */
export async function rotateRecordingKey(db: Database): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const before = await recordingSealingKey(tx);
    // who saves a credential locks its connection first, and reads the key then
    await sql`select from connection order by id for update`.execute(tx);
    const after = Buffer.from(await replaceInstallationSecret(tx, secretName), 'hex');
    return resealRecordingHosts(tx, { from: before, to: after });
  });
}
