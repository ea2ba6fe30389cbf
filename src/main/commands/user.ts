import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { createAuth } from '../../http/auth.ts';
import { removeUser, resetPassword, setRole } from '../../http/change-user.ts';
import { createUser, listUsers, type UserRole, userRoles } from '../../http/users.ts';
import type { Config } from '../config.ts';
import { installationSecret } from '../installation-secret.ts';
import { publicUrl } from '../public-url.ts';
import type { Store } from '../store.ts';
import { BadArgument } from './bad-argument.ts';
import { print, withStore } from './with-store.ts';

type Json = { json?: boolean };
type CreateOptions = Json & { email: string; name: string; role: string };

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people who may sign in');
  user
    .command('create')
    .description('let somebody in; prints a first password, shown once')
    .requiredOption('--email <email>', 'with which to sign in')
    .requiredOption('--name <name>', 'who it is')
    .option('--role <role>', userRoles.join(', '), 'viewer')
    .option('--json', 'print one JSON object')
    .action((options: CreateOptions) => create(options));
  user
    .command('list')
    .description('everybody who may sign in')
    .option('--json', 'print JSON')
    .action((options: Json) => list(options));
  user
    .command('remove <email>')
    .description('take an account away, and its sessions')
    .action((email: string) =>
      withStore(async ({ db }) => {
        await removeUser(db, email);
        print(false, null, [`${email} may no longer sign in.`]);
      }),
    );
  user
    .command('reset-password <email>')
    .description('make a new password, shown once, and end all sessions')
    .option('--json', 'print one JSON object')
    .action((email: string, options: Json) => reset(email, options));
  user
    .command('role <email> <role>')
    .description(`say what somebody may do: ${userRoles.join(', ')}`)
    .action((email: string, role: string) => {
      const known = readRole('role', role);
      return withStore(async ({ db }) => {
        await setRole(db, email, known);
        print(false, null, [`${email} is ${known}.`]);
      });
    });
}

function create({ email, name, role, json }: CreateOptions): Promise<void> {
  const known = readRole('--role', role);
  if (!z.email().safeParse(email).success) throw new BadArgument(`--email: ${email} is no e-mail address.`);
  return withStore(async (store, config) => {
    const password = newPassword();
    await createUser(await signIn(store, config), { email, name, role: known, password });
    tellPassword(email, password, json);
  });
}

function list({ json }: Json): Promise<void> {
  return withStore(async ({ db }) => {
    const items = await listUsers(db);
    const lines = items.map(({ role, email, name }) => `${role.padEnd(6)}  ${email}  ${name}`);
    print(json, { items }, lines.length > 0 ? lines : ['Nobody may sign in yet: npx aria owner-link']);
  });
}

function reset(email: string, { json }: Json): Promise<void> {
  return withStore(async (store, config) => {
    const password = newPassword();
    await resetPassword(await signIn(store, config), email, password);
    tellPassword(email, password, json);
  });
}

function readRole(where: string, role: string): UserRole {
  if (!userRoles.includes(role as UserRole))
    throw new BadArgument(`${where}: ${role} is none of ${userRoles.join(', ')}.`);
  return role as UserRole;
}

function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

function tellPassword(email: string, password: string, json: boolean | undefined): void {
  print(json, { email, password }, [
    `${email} may sign in with the password ${password}    (shown this once)`,
  ]);
}

async function signIn({ db }: Store, config: Config) {
  const secret = await installationSecret(db, 'session');
  return { db, auth: createAuth({ db, secret, publicUrl: publicUrl(config) }) };
}
