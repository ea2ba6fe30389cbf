import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { UserError } from '../lib/user-error.ts';
import type { Auth } from './auth.ts';

export const userRoles = ['owner', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

/** Somebody signs in with this e-mail address already. */
export class EmailTaken extends UserError {
  override name = 'EmailTaken';
}

/**
 * Makes a person's account, whole or not at all. Signing up from outside is switched off, so this is the only way in.
 * @throws EmailTaken
 */
export async function createUser(
  deps: { db: Database; auth: Auth },
  person: { name: string; email: string; role: UserRole; password: string },
): Promise<void> {
  const email = person.email.toLowerCase();
  const made = await sql`
    with person as (
      insert into "user" (id, name, email, "emailVerified", role)
      values (${newId('usr')}, ${person.name}, ${email}, true, ${person.role})
      on conflict (email) do nothing returning id
    )
    insert into account (id, "accountId", "providerId", "userId", password, "updatedAt")
    select ${newId('acc')}, id, 'credential', id, ${await hashPassword(deps.auth, person.password)}, now()
    from person`.execute(deps.db);
  if (made.numAffectedRows === 0n) throw new EmailTaken(`${email} has an account already.`);
}

/** As sign-in compares it. */
export async function hashPassword(auth: Auth, password: string): Promise<string> {
  const { password: passwords } = await auth.$context;
  return passwords.hash(password);
}

/** Somebody who may sign in. */
export type ListedUser = { email: string; name: string; role: UserRole; created_at: string };

/** Everybody who may sign in, by e-mail address. */
export async function listUsers(db: Database): Promise<ListedUser[]> {
  const { rows } = await sql<ListedUser & { created_at: Date }>`
    select email, name, role, "createdAt" as created_at from "user" order by email`.execute(db);
  return rows.map((user) => ({ ...user, created_at: user.created_at.toISOString() }));
}
