import type { Command } from 'commander';
import { describeConfig } from '../config.ts';
import { print } from './with-store.ts';

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('list all settings with their defaults')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => {
      const settings = describeConfig();
      const lines = settings.map(
        (s) => `${s.name.padEnd(28)} ${s.meaning}${s.fallback && ` (default ${s.fallback})`}`,
      );
      print(options.json, settings, lines);
    });
}
