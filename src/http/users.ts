import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { UserError } from '../lib/user-error.ts';
import type { Auth } from './auth.ts';

export const userRoles = ['owner', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

/** Somebody signs in with this e-mail address already. */
export class EmailTaken extends UserError {
  override name = 'EmailTaken';
}

/**
 * Makes a person's account. Signing up from outside is switched off, so this is the only way in.
 * @throws EmailTaken
 */
export async function createUser(
  deps: { db: Database; auth: Auth },
  person: { name: string; email: string; role: UserRole; password: string },
): Promise<void> {
  const email = person.email.toLowerCase();
  const { rows } = await sql`select from "user" where email = ${email}`.execute(deps.db);
  if (rows.length > 0) throw new EmailTaken(`${email} has an account already.`);
  const context = await deps.auth.$context;
  const user = await context.internalAdapter.createUser(
    { email, name: person.name, emailVerified: true, role: person.role },
    { method: 'email-password' },
  );
  await context.internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await context.password.hash(person.password),
  });
}
