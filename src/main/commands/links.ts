import type { Command } from 'commander';
import {
  listShareLinks as listRoute,
  type ShareLinkBody,
  shareScorecard,
} from '../../contract/party-scorecards.ts';
import { toTextTable } from '../../export/table.ts';
import { makeShareLink } from '../../http/make-share-link.ts';
import { listShareLinks, revokeShareLink } from '../../schedule/share-links.ts';
import { installationSecret } from '../installation-secret.ts';
import { publicUrl } from '../public-url.ts';
import { BadArgument } from './bad-argument.ts';
import { readQuery } from './read-query.ts';
import { print, withStore } from './with-store.ts';

type Json = { json?: boolean };
type ListOptions = Json & { party?: string; name?: string; limit: string; cursor?: string };
type AddOptions = Json & { from: string; to: string; days: string; timeZone?: string };

/** Who works on the machine itself, where a link says who made it or took it back. */
const commandLine = 'command line';

/** `aria links`: what was given out to publishers and buyers. */
export function addLinkCommands(program: Command): void {
  const links = program.command('links').description('links to scorecards that work without signing in');
  links
    .command('add <party> <name>')
    .description("give out a publisher's or buyer's scorecard; the address is shown once")
    .requiredOption('--from <date>', 'first day')
    .requiredOption('--to <date>', 'last day, included')
    .option('--time-zone <zone>', 'zone of the days; default: ARIA_TIME_ZONE')
    .option('--days <n>', 'how long it works, up to 90', '14')
    .option('--json', 'print one JSON object')
    .action(add);
  links
    .command('list')
    .description('what was given out, newest first, and whether it still opens')
    .option('--party <party>', 'publisher or buyer')
    .option('--name <name>', 'only of this one')
    .option('--limit <n>', 'at most so many, up to 500', '50')
    .option('--cursor <cursor>', '`next` of the page before')
    .option('--json', 'print one JSON object')
    .action(list);
  links
    .command('revoke <id>')
    .description('take a link back: from now on it opens nothing')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Json) =>
      withStore(async ({ db }) => {
        const link = await revokeShareLink(db, id, commandLine);
        if (!link) throw new BadArgument(`There is no link ${id} (npx aria links list).`);
        print(json, link, [`Taken back: it opens ${link.name} no more.`]);
      }),
    );
}

function add(party: string, name: string, options: AddOptions): Promise<void> {
  return withStore(async ({ db }, config) => {
    const asked = readQuery(shareScorecard.body, {
      party,
      name,
      from: options.from,
      to: options.to,
      days: Number(options.days),
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
    });
    const shareSecret = await installationSecret(db, 'share');
    const link = await makeShareLink(
      { db, shareSecret, publicUrl: publicUrl(config) },
      { ...asked, time_zone: asked.time_zone ?? config.ARIA_TIME_ZONE, madeBy: commandLine },
    );
    print(options.json, link, [
      link.url,
      `Works until ${link.expires_at}. It is not shown again (${link.id}).`,
    ]);
  });
}

function list({ party, name, limit, cursor, json }: ListOptions): Promise<void> {
  return withStore(async ({ db }) => {
    const found = await listShareLinks(db, readQuery(listRoute.query, { party, name, limit, cursor }));
    const heads = ['Id', 'Scorecard', 'Days', 'Made by', 'Made', 'State'];
    const table = toTextTable({
      columns: heads.map((heading) => ({ heading, kind: 'text' as const })),
      rows: found.items.map((link) => [
        link.id,
        `${link.party} ${link.name}`,
        `${link.from} to ${link.to}`,
        link.made_by,
        link.created_at,
        stateOf(link),
      ]),
    });
    const more = found.next ? [`More: --cursor ${found.next}`] : [];
    print(json, found, found.items.length > 0 ? [table, ...more] : ['No link was given out.']);
  });
}

function stateOf({ revoked_at, revoked_by, expires_at }: ShareLinkBody): string {
  if (revoked_at) return `taken back ${revoked_at} by ${revoked_by}`;
  return Date.parse(expires_at) <= Date.now() ? `over since ${expires_at}` : `opens until ${expires_at}`;
}
