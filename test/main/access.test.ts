import { expect, test } from 'vitest';
import { createAuth } from '../../src/http/auth.ts';
import { removeUser, resetPassword, setRole } from '../../src/http/change-user.ts';
import { createMachineKey, listMachineKeys, revokeMachineKey } from '../../src/http/machine-keys.ts';
import { becomeOwner, createOwnerLink, hasOwner, hasOwnerLink } from '../../src/http/owner.ts';
import { createUser, listUsers, type UserRole } from '../../src/http/users.ts';
import { databaseForTest } from '../support/database.ts';

const password = 'a password of old';

async function withPeople(people: Record<string, UserRole> = {}) {
  const { db } = await databaseForTest();
  const auth = createAuth({
    db,
    secret: 'a secret of this test, long enough',
    publicUrl: 'http://localhost',
  });
  for (const [email, role] of Object.entries(people))
    await createUser({ db, auth }, { email, name: email, role, password });
  const signIn = (email: string, secret: string) =>
    auth.api.signInEmail({ body: { email, password: secret }, asResponse: true });
  const isSignedIn = async (answer: Response) =>
    (await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(answer) }) })) !== null;
  const roles = async () => Object.fromEntries((await listUsers(db)).map(({ email, role }) => [email, role]));
  return { db, auth, signIn, isSignedIn, roles };
}

function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

test('the last owner can neither be removed nor made a viewer', async () => {
  const { db, roles } = await withPeople({ 'a@x.io': 'owner', 'b@x.io': 'viewer' });
  await expect(removeUser(db, 'a@x.io')).rejects.toThrow('last owner');
  await expect(setRole(db, 'A@x.io', 'viewer')).rejects.toThrow('last owner');
  await setRole(db, 'b@x.io', 'owner');
  await setRole(db, 'a@x.io', 'viewer');
  expect(await roles()).toEqual({ 'a@x.io': 'viewer', 'b@x.io': 'owner' });
});

test('two owners who remove each other at once leave one', async () => {
  const { db, roles } = await withPeople({ 'a@x.io': 'owner', 'b@x.io': 'owner' });
  const done = await Promise.allSettled([removeUser(db, 'a@x.io'), removeUser(db, 'b@x.io')]);
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(Object.values(await roles())).toEqual(['owner']);
});

test('a removed user is signed out and cannot sign in; nobody else is touched', async () => {
  const { db, signIn, isSignedIn } = await withPeople({ 'a@x.io': 'owner', 'b@x.io': 'viewer' });
  const [a, b] = [await signIn('a@x.io', password), await signIn('b@x.io', password)];
  await removeUser(db, 'b@x.io');
  expect([await isSignedIn(a), await isSignedIn(b)]).toEqual([true, false]);
  expect((await signIn('b@x.io', password)).status).toBe(401);
  await expect(removeUser(db, 'b@x.io')).rejects.toThrow('no user b@x.io');
});

test('a reset password replaces the old one and ends the sessions', async () => {
  const { db, auth, signIn, isSignedIn } = await withPeople({ 'a@x.io': 'owner' });
  const before = await signIn('a@x.io', password);
  await resetPassword({ db, auth }, 'a@x.io', 'another password');
  expect(await isSignedIn(before)).toBe(false);
  expect((await signIn('a@x.io', password)).status).toBe(401);
  expect((await signIn('a@x.io', 'another password')).status).toBe(200);
});

test('a revoked key stays listed with its time; an unknown one is told', async () => {
  const { db } = await withPeople();
  await createMachineKey(db, 'reports', ['read']);
  const [key] = await listMachineKeys(db);
  expect(key).toMatchObject({ name: 'reports', scopes: ['read'], revoked_at: null, last_used_at: null });
  await revokeMachineKey(db, key!.id);
  expect((await listMachineKeys(db))[0]!.revoked_at).toMatch(/^\d{4}-/);
  await expect(revokeMachineKey(db, 'key_nope')).rejects.toThrow('no key key_nope');
});

test('an owner link outlives an owner who could not be created, and works once', async () => {
  const { db, auth } = await withPeople({ 'taken@x.io': 'viewer' });
  const token = new URL(await createOwnerLink(db, 'http://localhost')).searchParams.get('token')!;
  const become = (email: string) => becomeOwner({ db, auth }, { token, name: 'o', email, password });
  await expect(become('taken@x.io')).rejects.toMatchObject({ name: 'EmailTaken' });
  expect([await hasOwnerLink(db), await hasOwner(db)]).toEqual([true, false]);
  expect((await become('owner@x.io')).status).toBe(200);
  expect([await hasOwnerLink(db), await hasOwner(db)]).toEqual([false, true]);
  await expect(become('other@x.io')).rejects.toThrow('was used');
});
