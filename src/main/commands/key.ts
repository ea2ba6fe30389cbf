import type { Command } from 'commander';
import { createMachineKey, type Scope, scopes } from '../../http/machine-keys.ts';
import { BadArgument } from './bad-argument.ts';
import { print, withStore } from './with-store.ts';

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('machine keys for the API');
  key
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--name <name>', 'what uses it')
    .option('--scopes <list>', 'comma-separated: read, write', 'read')
    .option('--json', 'print one JSON object')
    .action(async (options: { name: string; scopes: string; json?: boolean }) => {
      const granted = options.scopes.split(',').map((scope) => scope.trim()) as Scope[];
      const wrong = granted.filter((scope) => !scopes.includes(scope));
      if (wrong.length > 0)
        throw new BadArgument(`--scopes: ${wrong.join(', ')} is none of ${scopes.join(', ')}.`);
      await withStore(async ({ db }) => {
        const made = await createMachineKey(db, options.name, granted);
        print(options.json, { key: made }, [
          made,
          'Send it as `Authorization: Bearer …`. It is not shown again.',
        ]);
      });
    });
}
