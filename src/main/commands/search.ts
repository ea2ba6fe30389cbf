import type { Command } from 'commander';
import { searchCalls as route } from '../../contract/search.ts';
import { searchCalls } from '../../report/search.ts';
import { readQuery } from './read-query.ts';
import { print, withStore } from './with-store.ts';

type Options = {
  from?: string;
  to?: string;
  timeZone?: string;
  publisher?: string;
  buyer?: string;
  connection?: string;
  order?: string;
  limit?: string;
  cursor?: string;
  json?: boolean;
};

export function addSearchCommand(program: Command): void {
  program
    .command('search <words...>')
    .description(
      'search in transcripts: words, "a phrase", begin*, a NEAR/5 b, OR, -not, caller: and agent: before any of them',
    )
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day, included')
    .option('--time-zone <zone>', 'zone of the days; default: ARIA_TIME_ZONE')
    .option('--publisher <name>', 'only calls of this publisher')
    .option('--buyer <name>', 'only calls of this buyer')
    .option('--connection <id>', 'only this connection')
    .option(
      '--order <order>',
      'newest, or rank: of the newest 500 that fit, those first that say it most',
      'newest',
    )
    .option('--limit <n>', 'calls at most', '20')
    .option('--cursor <cursor>', '`next` of the page before')
    .option('--json', 'print one JSON object')
    .action((words: string[], options: Options) => search(words, options));
}

/** A word that the shell unquoted is a phrase where it holds a blank. */
function asTyped(word: string): string {
  return /\s/.test(word) && !word.includes('"') && !/\s(NEAR|OR)\b|[()]/.test(word) ? `"${word}"` : word;
}

function search(words: string[], options: Options): Promise<void> {
  return withStore(async ({ db }, config) => {
    const query = readQuery(route.query, {
      q: words.length === 1 ? words[0] : words.map(asTyped).join(' '),
      from: options.from,
      to: options.to,
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
      publisher_name: options.publisher,
      buyer_name: options.buyer,
      connection_id: options.connection,
      order: options.order,
      limit: options.limit,
      cursor: options.cursor,
    });
    const found = await searchCalls(db, query);
    const lines = found.items.flatMap((call) => [
      `${call.call_at}  ${call.call_id}  ${printable(call.publisher_name ?? '—')} → ${printable(call.buyer_name ?? '—')}`,
      ...call.snippets.map(
        ({ speaker, start, pieces }) =>
          `    ${clock(start)} ${speaker}: ${printable(pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(''))}`,
      ),
    ]);
    const unranked =
      found.ranked && !found.ranked.all
        ? [`The newest ${found.ranked.calls} calls that say it were ranked; there are older ones.`]
        : [];
    const more = found.next ? [`More: --cursor ${found.next}`] : [];
    print(options.json, found, lines.length > 0 ? [...lines, ...unranked, ...more] : ['Nobody said that.']);
  });
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** What was said must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
