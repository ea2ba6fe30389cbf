import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { UserError } from '../lib/user-error.ts';
import type { Auth } from './auth.ts';
import { hashPassword, type UserRole } from './users.ts';

/** Takes a person's account and sessions away. @throws UserError for nobody, or the last owner */
export async function removeUser(db: Database, email: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const id = await findUser(tx, email);
    await keepAnOwner(tx, id);
    await sql`delete from "user" where id = ${id}`.execute(tx);
  });
}

/** What a person may do, from the next request on. @throws UserError for nobody, or the last owner made a viewer */
export async function setRole(db: Database, email: string, role: UserRole): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const id = await findUser(tx, email);
    if (role !== 'owner') await keepAnOwner(tx, id);
    await sql`update "user" set role = ${role}, "updatedAt" = now() where id = ${id}`.execute(tx);
  });
}

/** Gives a person another password; whoever is signed in with the old one is signed out. @throws UserError for nobody */
export async function resetPassword(
  deps: { db: Database; auth: Auth },
  email: string,
  password: string,
): Promise<void> {
  const hash = await hashPassword(deps.auth, password);
  await deps.db.transaction().execute(async (tx) => {
    const id = await findUser(tx, email);
    await sql`update account set password = ${hash}, "updatedAt" = now()
      where "userId" = ${id} and "providerId" = 'credential'`.execute(tx);
    await sql`delete from "session" where "userId" = ${id}`.execute(tx);
  });
}

async function findUser(tx: Database, email: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from "user" where email = ${email.toLowerCase()}`.execute(tx);
  if (!rows[0]) throw new UserError(`There is no user ${email} (npx aria user list).`);
  return rows[0].id;
}

/** All owners are locked, so that two of them cannot remove each other at once. */
async function keepAnOwner(tx: Database, leaving: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from "user" where role = 'owner' order by id for update`.execute(tx);
  if (rows.length === 1 && rows[0]!.id === leaving) {
    throw new UserError(
      'This is the last owner. Make somebody else owner first: npx aria user role EMAIL owner',
    );
  }
}
