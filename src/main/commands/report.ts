import type { Command } from 'commander';
import { callFilters } from '../../contract/calls.ts';
import { getBreakdown as route } from '../../contract/reports.ts';
import { toCsv } from '../../export/csv.ts';
import { terminalMetrics, toReportTable } from '../../export/report-table.ts';
import { toTextTable } from '../../export/table.ts';
import { getBreakdown } from '../../report/breakdown.ts';
import { BadArgument } from './bad-argument.ts';
import { definitionLines } from './definition-lines.ts';
import { readQuery } from './read-query.ts';
import { warn, withStore } from './with-store.ts';

type ReportOptions = {
  by: string;
  thenBy?: string;
  compare?: string;
  as?: string;
  where: string[];
  definitions?: boolean;
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
    .option('--then-by <dimension>', 'a second dimension')
    .option('--from <date>', 'first day, or `first`: that of the first call; default: 30 days ago')
    .option('--to <date>', 'last day, included; default: today')
    .option(
      '--time-zone <zone>',
      "zone of the days, or `connection`: that of each call's own; default: ARIA_TIME_ZONE",
    )
    .option('--connection <id>', 'only this connection')
    .option(
      '--where <filter=value>',
      'any filter of GET /v1/calls: buyer_name=Acme, connected_call_length_min=90, phrase="roof leak"; may be repeated',
      (value: string, before: string[]) => [...before, value],
      [] as string[],
    )
    .option('--compare <with>', 'previous: as many days before; year: the same days a year before')
    .option('--as <when>', 'now, or first: as first reported and first judged')
    .option('--format <format>', formats.join(', '), 'table')
    .option('--json', 'the same as --format json')
    .option('--definitions', 'what each figure of the table counts, below it; also of the reports below')
    .option('--all', 'every metric in the table, not only the main ones')
    .action((options: ReportOptions) => report(options));
}

function report(options: ReportOptions): Promise<void> {
  const format = options.json ? 'json' : options.format;
  if (!formats.includes(format))
    throw new BadArgument(`--format: ${format} is none of ${formats.join(', ')}.`);
  return withStore(async ({ db }, config) => {
    const query = readQuery(route.query, {
      by: options.by,
      from: options.from,
      to: options.to,
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
      connection_id: options.connection,
      then_by: options.thenBy,
      compare: options.compare,
      as: options.as,
      ...readFilters(options.where),
    });
    const answer = await getBreakdown(db, query);
    if (format === 'json') return write(`${JSON.stringify(answer)}\n`);
    if (format === 'csv') {
      // beside the rows, which go to a program
      if (options.definitions) warn(definitionLines(answer.metrics).join('\n'));
      return write(toCsv(toReportTable(answer)));
    }
    write(`${answer.from} to ${answer.to}, days in ${answer.time_zone}\n\n`);
    write(toTextTable(toReportTable(answer, options.all ? undefined : terminalMetrics, false)));
    write('\n');
    if (answer.previous_period) {
      const { from, to } = answer.previous_period;
      const before = { ...answer, rows: [], total: answer.previous_total ?? {} };
      write(
        `\n${from} to ${to}\n\n${toTextTable(toReportTable(before, options.all ? undefined : terminalMetrics, false))}\n`,
      );
    }
    const shown = answer.metrics.filter(({ id }) => options.all || terminalMetrics.includes(id));
    if (options.definitions) write(`\n${definitionLines(shown).join('\n')}\n`);
  });
}

/** `name=value`, once or more. @throws BadArgument */
function readFilters(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([a-z_]+)=(.*)$/s.exec(pair) ?? [];
      if (!name || value === undefined || !(name in callFilters)) {
        throw new BadArgument(
          `--where: ${pair} is no filter. Filters are ${Object.keys(callFilters).join(', ')}.`,
        );
      }
      return [name, value];
    }),
  );
}

function write(text: string): void {
  process.stdout.write(text);
}
