import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { seal, unseal } from '../lib/seal.ts';

/** A new secret for signing what is posted, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The secret as it is stored: it opens for this schedule alone. @param key 32 bytes */
export function sealWebhookSecret(key: Buffer, scheduleId: string, secret: string): Buffer {
  return seal(key, secret, `schedule ${scheduleId}`);
}

/** @throws Error where it was sealed for another schedule, or under another key */
export function openWebhookSecret(key: Buffer, scheduleId: string, sealed: Buffer): string {
  return unseal(key, sealed, `schedule ${scheduleId}`);
}

/** Seals secrets that an earlier version of Aria left in plain text. */
export async function sealPlainSecrets(db: Database, key: Buffer): Promise<void> {
  const { rows } = await sql<{ id: string; secret: string }>`
    select id, secret from schedule where secret is not null`.execute(db);
  for (const { id, secret } of rows) {
    await sql`update schedule set secret = null, secret_sealed = ${sealWebhookSecret(key, id, secret)}
      where id = ${id}`.execute(db);
  }
}
