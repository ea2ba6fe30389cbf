import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { z } from 'zod';
import { getDisagreements } from '../../contract/disagreements.ts';
import { getPartyScorecard } from '../../contract/party-scorecards.ts';
import type { MetricBody } from '../../contract/reports.ts';
import {
  getCoverage,
  getSilentSources,
  getThresholdClustering,
  listRepeatCallers,
} from '../../contract/traffic-reports.ts';
import type { Database } from '../../db/database.ts';
import { toDisagreementTable } from '../../export/disagreement-table.ts';
import { scorecardHtml } from '../../export/scorecard-html.ts';
import { toTextTable } from '../../export/table.ts';
import type { Table } from '../../export/table-model.ts';
import { getCoverage as queryCoverage } from '../../report/coverage.ts';
import { getDisagreements as queryDisagreements } from '../../report/disagreement-report.ts';
import { getPartyScorecard as queryScorecard } from '../../report/party-scorecard.ts';
import { listRepeatCallers as queryRepeatCallers } from '../../report/repeat-callers.ts';
import { getSilentSources as querySilent } from '../../report/silent-sources.ts';
import { getThresholdClustering as queryClustering } from '../../report/threshold-clustering.ts';
import { openScorecardStore } from '../../score/scorecard-store.ts';
import { policySecondsOf } from '../policy-seconds.ts';
import { definitionLines } from './definition-lines.ts';
import { readQuery } from './read-query.ts';
import { print, withStore } from './with-store.ts';

type Shared = { from?: string; to?: string; timeZone?: string; connection?: string; json?: boolean };

/** `aria report <name>`: the reports beside the breakdown. Call it after the command `report` was added. */
export function addTrafficReportCommands(program: Command): void {
  add(program, 'disagreements', 'where reported and heard disagree, in calls and money', {
    option: ['--by <party>', 'publisher or buyer'],
    route: getDisagreements,
    ask: (db, query) => queryDisagreements(db, query),
    table: toDisagreementTable,
  });
  add(program, 'threshold-clustering', 'calls that end just around the payable duration', {
    option: ['--within <seconds>', 'how near'],
    route: getThresholdClustering,
    ask: async (db, query) =>
      queryClustering(db, query, await policySecondsOf(await openScorecardStore(db))()),
    table: ({ rows, unknown }) => ({
      columns: columns('Publisher', ['Connected', 'Within', 'Share [%]', 'Just below']),
      rows: [
        ...rows.map((row) => [row.publisher_name, row.connected, row.within, row.share, row.just_below]),
        ...(unknown > 0 ? [['(payable duration unknown)', unknown, null, null, null]] : []),
      ],
    }),
  });
  add(program, 'repeat-callers', 'callers whom more than one publisher sent', {
    option: ['--limit <n>', 'callers at most'],
    route: listRepeatCallers,
    ask: (db, query) => queryRepeatCallers(db, query),
    table: ({ items }) => ({
      columns: [
        ...columns('Caller', ['Calls', 'Revenue', 'Payout']),
        { heading: 'Publishers', kind: 'text' },
      ],
      rows: items.map((item) => [
        item.caller_id,
        item.calls,
        item.revenue,
        item.payout,
        item.publishers.map(({ publisher_name, calls }) => `${publisher_name} ${calls}`).join(', '),
      ]),
    }),
  });
  add(program, 'silent-sources', 'who has sent nothing for longer than is usual', {
    option: ['--show <which>', 'silent or all'],
    route: getSilentSources,
    ask: (db, query) => querySilent(db, query),
    table: ({ items }) => ({
      columns: [
        { heading: 'Source', kind: 'text' },
        ...columns('Name', ['Silent [s]', 'Usual gap [s]', 'Expected calls']),
      ],
      rows: items.map((item) => [
        item.source,
        item.label,
        item.silent_seconds,
        item.usual_gap_seconds,
        item.expected_calls,
      ]),
    }),
  });
  add(program, 'coverage', 'how many calls were scored, and why the others were not', {
    route: getCoverage,
    ask: (db, query) => queryCoverage(db, query),
    table: ({ reasons, scored, connected_scored }) => ({
      columns: [...columns('Reason', ['Calls', 'Connected']), { heading: 'What to do', kind: 'text' }],
      rows: [
        ['Scored', scored, connected_scored, ''],
        ...reasons.map(({ label, calls, connected, advice }) => [label, calls, connected, advice]),
      ],
    }),
  });
  addScorecard(program);
}

type Report<Q extends z.ZodType, A> = {
  option?: [flags: string, description: string];
  route: { query: Q };
  ask: (db: Database, query: z.infer<Q>) => Promise<A>;
  table: (answer: A) => Table;
};

function add<Q extends z.ZodType, A extends { metrics: MetricBody[] }>(
  program: Command,
  name: string,
  description: string,
  report: Report<Q, A>,
): void {
  const command = reportCommand(program).command(name).description(description);
  if (name !== 'silent-sources') withPeriod(command);
  command.option('--connection <id>', 'only this connection').option('--json', 'print one JSON object');
  if (report.option) command.option(...report.option);
  command.action(() => {
    // the command above has options of the same names, and gets them first
    const { timeZone, connection, from, to, by, json, within, limit, show, definitions } =
      command.optsWithGlobals();
    const own = new Set(command.options.map((option) => option.attributeName()));
    return withStore(async ({ db }, config) => {
      const zone = name === 'silent-sources' ? undefined : (timeZone ?? config.ARIA_TIME_ZONE);
      const given = { from, to, connection_id: connection, by, within, limit, show, time_zone: zone };
      const asked = Object.entries(given).filter(
        ([key]) => own.has(key) || ['connection_id', 'time_zone'].includes(key),
      );
      const answer = await report.ask(db, readQuery(report.route.query, Object.fromEntries(asked)));
      const table = report.table(answer);
      print(json, answer, [
        table.rows.length > 0 ? toTextTable(table) : 'There is none.',
        ...(definitions ? ['', ...definitionLines(answer.metrics)] : []),
      ]);
    });
  });
}

function addScorecard(program: Command): void {
  const command = withPeriod(
    reportCommand(program)
      .command('scorecard <party> <name>')
      .description("a publisher's or buyer's own figures, fit for sending out"),
  )
    .option('--output <file>', 'write it as one HTML file')
    .option('--json', 'print one JSON object');
  command.action((party: string, name: string) => {
    const { from, to, timeZone, output, json, definitions } = command.optsWithGlobals<
      Shared & { output?: string; definitions?: boolean }
    >();
    return withStore(async ({ db }, config) => {
      const time_zone = timeZone ?? config.ARIA_TIME_ZONE;
      const scorecard = await queryScorecard(
        db,
        readQuery(getPartyScorecard.query, { party, name, from, to, time_zone }),
      );
      if (output) await writeFile(output, scorecardHtml(scorecard, 'inline'));
      const figures: Table = {
        columns: columns('Figure', ['Period', 'Period before']),
        rows: scorecard.figures.map(({ label, value, previous }) => [label, value, previous]),
      };
      print(json, scorecard, [
        `${scorecard.name}, ${scorecard.from} to ${scorecard.to}`,
        toTextTable(figures),
        ...(definitions ? ['', ...definitionLines(scorecard.figures)] : []),
        ...(output ? [`Written to ${output}`] : []),
      ]);
    });
  });
}

function reportCommand(program: Command): Command {
  return program.commands.find((command) => command.name() === 'report') ?? program.command('report');
}

function withPeriod(command: Command): Command {
  return command
    .option('--from <date>', 'first day, or `first`: that of the first call; default: 30 days ago')
    .option('--to <date>', 'last day, included; default: today')
    .option('--time-zone <zone>', 'zone of the days; default: ARIA_TIME_ZONE');
}

function columns(first: string, numbers: string[]): Table['columns'] {
  return [
    { heading: first, kind: 'text' },
    ...numbers.map((heading) => ({ heading, kind: 'number' as const })),
  ];
}
