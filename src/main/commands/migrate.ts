import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openStoreBeside } from '../store.ts';
import { print } from './with-store.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date with this Aria, as a start does; stop older processes first')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const store = await openStoreBeside(readConfig(), 'migrate');
      await store.close();
      const { migrated } = store;
      print(json, { migrated }, [
        migrated.length > 0 ? `Applied: ${migrated.join(', ')}.` : 'The database is up to date.',
      ]);
    });
}
