import type { Command } from 'commander';
import { getBreakdown as route } from '../../contract/reports.ts';
import { toCsv } from '../../export/csv.ts';
import { terminalMetrics, toReportTable } from '../../export/report-table.ts';
import { toTextTable } from '../../export/table.ts';
import { getBreakdown } from '../../report/breakdown.ts';
import { BadArgument } from './bad-argument.ts';
import { withStore } from './with-store.ts';

type ReportOptions = {
  by: string;
  from?: string;
  to?: string;
  timeZone?: string;
  connection?: string;
  format: string;
  all?: boolean;
  json?: boolean;
};

const formats = ['table', 'csv', 'json'];

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('calls, outcomes and disagreements in count and money')
    .option(
      '--by <dimension>',
      'publisher, buyer, campaign, vertical, state, day, result, extra.<name> …',
      'publisher',
    )
    .option('--from <date>', 'first day; default: 30 days ago')
    .option('--to <date>', 'last day, included; default: today')
    .option('--time-zone <zone>', 'zone of the days; default: ARIA_TIME_ZONE')
    .option('--connection <id>', 'only this connection')
    .option('--format <format>', formats.join(', '), 'table')
    .option('--json', 'the same as --format json')
    .option('--all', 'every metric in the table, not only the main ones')
    .action((options: ReportOptions) => report(options));
}

function report(options: ReportOptions): Promise<void> {
  const format = options.json ? 'json' : options.format;
  if (!formats.includes(format))
    throw new BadArgument(`--format: ${format} is none of ${formats.join(', ')}.`);
  return withStore(async ({ db }, config) => {
    const query = route.query.safeParse({
      by: options.by,
      from: options.from,
      to: options.to,
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
      connection_id: options.connection,
    });
    if (!query.success) {
      throw new BadArgument(query.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'));
    }
    const answer = await getBreakdown(db, query.data);
    if (format === 'json') return write(`${JSON.stringify(answer)}\n`);
    if (format === 'csv') return write(toCsv(toReportTable(answer)));
    write(`${answer.from} to ${answer.to}, days in ${answer.time_zone}\n\n`);
    write(toTextTable(toReportTable(answer, options.all ? undefined : terminalMetrics)));
    write('\n');
  });
}

function write(text: string): void {
  process.stdout.write(text);
}
