import type { Database } from '../db/database.ts';
import { installationSecret } from './installation-secret.ts';

/** The key under which secrets of webhooks are sealed, 32 bytes. */
export async function scheduleKey(db: Database): Promise<Buffer> {
  return Buffer.from(await installationSecret(db, 'schedules'), 'hex');
}
