import type { Command } from 'commander';
import { listChanges as route } from '../../contract/changes.ts';
import { toTextTable } from '../../export/table.ts';
import { listChanges } from '../../report/change-list.ts';
import { BadArgument } from './bad-argument.ts';
import { print, withStore } from './with-store.ts';

type Options = {
  from?: string;
  to?: string;
  timeZone?: string;
  call?: string;
  connection?: string;
  publisher?: string;
  buyer?: string;
  field?: string;
  limit: string;
  json?: boolean;
};

/** `aria changes`: how money and outcomes changed after they were first known. */
export function addChangesCommand(program: Command): void {
  program
    .command('changes')
    .description('every change of money and outcome since it was first reported, newest first')
    .option('--from <date>', 'changed since')
    .option('--to <date>', 'changed until, the day included')
    .option('--time-zone <zone>', 'zone of the days; default: ARIA_TIME_ZONE')
    .option('--call <id>', 'only of this call')
    .option('--connection <id>', 'only of this connection')
    .option('--publisher <name>', 'only of this publisher')
    .option('--buyer <name>', 'only of this buyer')
    .option('--field <field>', 'only of this field: revenue, billable, …')
    .option('--limit <n>', 'at most so many, up to 500', '50')
    .option('--json', 'for machines')
    .action(changes);
}

function changes(options: Options): Promise<void> {
  return withStore(async ({ db }, config) => {
    const query = route.query.safeParse({
      from: options.from,
      to: options.to,
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
      call_id: options.call,
      connection_id: options.connection,
      field: options.field,
      limit: options.limit,
      publisher_name: options.publisher,
      buyer_name: options.buyer,
    });
    if (!query.success) {
      throw new BadArgument(query.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'));
    }
    const answer = await listChanges(db, query.data);
    const text = (heading: string) => ({ heading, kind: 'text' as const });
    const table = toTextTable({
      columns: ['Changed', 'Call', 'Field', 'Before', 'After', 'Cause', 'By'].map(text),
      rows: answer.items.map(({ changed_at, call_id, field, before, after, cause }) => [
        ...[changed_at, call_id, field, before, after, cause.kind, cause.by ?? cause.event_id],
      ]),
    });
    print(options.json, answer, answer.items.length > 0 ? [table] : ['Nothing has changed in this time.']);
  });
}
