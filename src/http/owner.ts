import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { hashKey } from '../lib/keys.ts';
import type { Auth } from './auth.ts';
import { Problem } from './problems.ts';
import { createUser } from './users.ts';

const linkHours = 24;

/** Whether somebody owns this installation already. */
export async function hasOwner(db: Database): Promise<boolean> {
  const { rows } = await sql`select from "user" where "role" = 'owner' limit 1`.execute(db);
  return rows.length > 0;
}

/** Makes a link that lets whoever opens it become owner, once, within a day; earlier ones stop working. */
export async function createOwnerLink(db: Database, publicUrl: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql`delete from one_time_link where purpose = 'owner' and used_at is null`.execute(db);
  await sql`insert into one_time_link (hash, purpose, expires_at)
    values (${hashKey(token)}, 'owner', now() + make_interval(hours => ${linkHours}))`.execute(db);
  return `${publicUrl}/welcome?token=${token}`;
}

/** Whether a link that was made before can still be used. */
export async function hasOwnerLink(db: Database): Promise<boolean> {
  const { rows } = await sql`select from one_time_link
    where purpose = 'owner' and used_at is null and expires_at > now() limit 1`.execute(db);
  return rows.length > 0;
}

/**
 * Uses the link: creates the owner and signs him in. Where the owner cannot be created, the link stays good.
 * @returns better-auth's answer to the sign-in, whose cookies belong to the client
 * @throws Problem · EmailTaken
 */
export async function becomeOwner(
  deps: { db: Database; auth: Auth },
  owner: { token: string; name: string; email: string; password: string },
): Promise<Response> {
  const { auth } = deps;
  await deps.db.transaction().execute(async (db) => {
    await useLink(db, owner.token);
    await createUser({ db, auth }, { ...owner, role: 'owner' });
  });
  return auth.api.signInEmail({
    body: { email: owner.email, password: owner.password },
    asResponse: true,
  });
}

async function useLink(db: Database, token: string): Promise<void> {
  const used = await sql`update one_time_link set used_at = now()
    where hash = ${hashKey(token)} and purpose = 'owner' and used_at is null and expires_at > now()`.execute(
    db,
  );
  if (used.numAffectedRows !== 1n) {
    throw new Problem(
      403,
      'link_used',
      'This link was used or has expired. Make a new one: npx aria owner-link',
    );
  }
}
