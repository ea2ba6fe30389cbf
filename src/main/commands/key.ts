import type { Command } from 'commander';
import {
  createMachineKey,
  type ListedKey,
  listMachineKeys,
  revokeMachineKey,
  type Scope,
  scopes,
} from '../../http/machine-keys.ts';
import { BadArgument } from './bad-argument.ts';
import { print, withStore } from './with-store.ts';

type CreateOptions = { name: string; scopes: string; json?: boolean };

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('machine keys for the API');
  key
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--name <name>', 'what uses it')
    .option('--scopes <list>', 'comma-separated: read, write, admin (erasing callers)', 'read')
    .option('--json', 'print one JSON object')
    .action((options: CreateOptions) => create(options));
  key
    .command('list')
    .description('all keys by name and last characters, when each was last used')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) =>
      withStore(async ({ db }) => {
        const items = await listMachineKeys(db);
        const none = ['No machine keys yet: npx aria key create --help'];
        print(options.json, { items }, items.length > 0 ? items.map(toLine) : none);
      }),
    );
  key
    .command('revoke <id>')
    .description('end a key at once')
    .action((id: string) =>
      withStore(async ({ db }) => {
        await revokeMachineKey(db, id);
        print(false, null, [`${id} is revoked.`]);
      }),
    );
}

function create(options: CreateOptions): Promise<void> {
  const granted = options.scopes.split(',').map((scope) => scope.trim()) as Scope[];
  const wrong = granted.filter((scope) => !scopes.includes(scope));
  if (wrong.length > 0)
    throw new BadArgument(`--scopes: ${wrong.join(', ')} is none of ${scopes.join(', ')}.`);
  return withStore(async ({ db }) => {
    const made = await createMachineKey(db, options.name, granted);
    print(options.json, { key: made }, [
      made,
      'Send it as `Authorization: Bearer …`. It is not shown again.',
    ]);
  });
}

function toLine({ id, hint, scopes: granted, revoked_at, last_used_at, name }: ListedKey): string {
  const use = last_used_at ? `last used ${last_used_at}` : 'never used';
  return [id, hint, granted.join(',').padEnd(10), revoked_at ? `revoked ${revoked_at}` : use, name].join(
    '  ',
  );
}
