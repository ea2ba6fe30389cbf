import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { createAuth } from '../../http/auth.ts';
import { createUser, type UserRole, userRoles } from '../../http/users.ts';
import { installationSecret } from '../installation-secret.ts';
import { publicUrl } from '../public-url.ts';
import { BadArgument } from './bad-argument.ts';
import { print, withStore } from './with-store.ts';

type CreateOptions = { email: string; name: string; role: string; json?: boolean };

export function addUserCommands(program: Command): void {
  program
    .command('user')
    .description('people who may sign in')
    .command('create')
    .description('let somebody in; prints a first password, shown once')
    .requiredOption('--email <email>', 'with which to sign in')
    .requiredOption('--name <name>', 'who it is')
    .option('--role <role>', userRoles.join(', '), 'viewer')
    .option('--json', 'print one JSON object')
    .action((options: CreateOptions) => create(options));
}

function create({ email, name, role, json }: CreateOptions): Promise<void> {
  if (!userRoles.includes(role as UserRole))
    throw new BadArgument(`--role: ${role} is none of ${userRoles.join(', ')}.`);
  if (!z.email().safeParse(email).success) throw new BadArgument(`--email: ${email} is no e-mail address.`);
  return withStore(async ({ db }, config) => {
    const auth = createAuth({
      db,
      secret: await installationSecret(db, 'session'),
      publicUrl: publicUrl(config),
    });
    const password = randomBytes(12).toString('base64url');
    await createUser({ db, auth }, { email, name, role: role as UserRole, password });
    print(json, { email, password }, [
      `${email} may sign in with the password ${password}    (shown this once)`,
    ]);
  });
}
