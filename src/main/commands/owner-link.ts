import type { Command } from 'commander';
import { createOwnerLink } from '../../http/owner.ts';
import { publicUrl } from '../public-url.ts';
import { print, withStore } from './with-store.ts';

export function addOwnerLinkCommand(program: Command): void {
  program
    .command('owner-link')
    .description('make a one-time link that lets whoever opens it become owner')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      withStore(async ({ db }, config) => {
        const url = await createOwnerLink(db, publicUrl(config));
        print(options.json, { url }, [url, 'It works once, within 24 hours.']);
      }),
    );
}
