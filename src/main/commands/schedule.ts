import type { Command } from 'commander';
import { type ExportKind, exportKinds } from '../../contract/exports.ts';
import { createSchedule as route } from '../../contract/schedules.ts';
import { readExportQuery } from '../../export/open-export.ts';
import { toTextTable } from '../../export/table.ts';
import { InvalidQuery } from '../../report/invalid-query.ts';
import { resolvePeriod } from '../../schedule/resolve-period.ts';
import { deleteSavedReport, listSavedReports, saveReport } from '../../schedule/saved-report-store.ts';
import {
  addRun,
  createSchedule,
  deleteSchedule,
  listSchedules,
  setScheduleActive,
} from '../../schedule/schedule-store.ts';
import { scheduleKey } from '../schedule-key.ts';
import { BadArgument } from './bad-argument.ts';
import { readQuery } from './read-query.ts';
import { print, withStore } from './with-store.ts';

type Json = { json?: boolean };

/** Who works on the machine itself. */
const commandLine = { owner: 'command line', kind: 'command line' } as const;

export function addScheduleCommands(program: Command): void {
  addSavedCommands(program);
  const schedule = program
    .command('schedule')
    .description('saved reports that are sent out when they are due');
  schedule
    .command('add <saved-report-id>')
    .description('send a saved report every day, week or month')
    .requiredOption('--every <period>', 'day, week, month')
    .requiredOption('--at <HH:MM>', 'time on the clocks of the zone')
    .option('--time-zone <zone>', 'default: ARIA_TIME_ZONE')
    .option('--weekday <n>', 'of every week: 1 Monday … 7 Sunday')
    .option('--day <n>', 'of every month')
    .option('--mail <addresses>', 'recipients, comma-separated')
    .option('--webhook <url>', 'post it there instead')
    .option('--content <what>', 'link, csv, xlsx, parquet', 'link')
    .option('--json', 'print one JSON object')
    .action(add);
  schedule
    .command('list')
    .description('what is sent out when, and how it went')
    .option('--json', 'print one JSON object')
    .action(list);
  schedule
    .command('send <id>')
    .description('send it once, now; a worker does it')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Json) =>
      withStore(async ({ db }) => {
        const run = await addRun(db, id);
        if (!run) throw new BadArgument(`There is no schedule ${id}.`);
        print(json, run, ['A running worker sends it within seconds.']);
      }),
    );
  for (const [name, active, description] of [
    ['pause', false, 'send it no more until it is resumed'],
    ['resume', true, 'let it go on with its next due time; of an owner who is gone: take it over'],
  ] as const) {
    schedule
      .command(`${name} <id>`)
      .description(description)
      .option('--json', 'print one JSON object')
      .action((id: string, { json }: Json) =>
        withStore(async ({ db }) => {
          const changed = await setScheduleActive(db, id, active, commandLine, new Date());
          if (!changed) throw new BadArgument(`There is no schedule ${id}.`);
          print(json, changed, [active ? `Due next at ${changed.next_due_at}.` : 'Paused.']);
        }),
      );
  }
  schedule
    .command('remove <id>')
    .description('send it no more')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Json) =>
      withStore(async ({ db }) => {
        if (!(await deleteSchedule(db, id))) throw new BadArgument(`There is no schedule ${id}.`);
        print(json, { id }, ['Removed.']);
      }),
    );
}

function addSavedCommands(program: Command): void {
  const saved = program.command('saved-report').description('lists and reports kept under a name');
  saved
    .command('add <name>')
    .description('keep one; the same name is replaced')
    .requiredOption('--kind <kind>', Object.keys(exportKinds).join(', '))
    .option(
      '--filter <name=value>',
      'as in the API; period=7d and others move on with time; repeat it',
      (given: string, all: string[]) => [...all, given],
      [] as string[],
    )
    .option('--json', 'print one JSON object')
    .action((name: string, { kind, filter, json }: { kind: string; filter: string[] } & Json) =>
      withStore(async ({ db }, config) => {
        if (!(kind in exportKinds)) throw new BadArgument(`--kind: ${kind} is unknown.`);
        const query = Object.fromEntries(filter.map((text) => text.split(/=(.*)/s).slice(0, 2)));
        try {
          readExportQuery(kind as ExportKind, resolvePeriod(query, new Date(), config.ARIA_TIME_ZONE));
        } catch (error) {
          throw error instanceof InvalidQuery ? new BadArgument(`--filter: ${error.message}`) : error;
        }
        const report = await saveReport(db, {
          name,
          kind: kind as ExportKind,
          query,
          owner: commandLine.owner,
        });
        print(json, report, [`Saved as ${report.id}.`]);
      }),
    );
  saved
    .command('list')
    .description('all of them')
    .option('--json', 'print one JSON object')
    .action(({ json }: Json) =>
      withStore(async ({ db }) => {
        const { items } = await listSavedReports(db, { limit: 500 });
        const rows = items.map((item) => [item.id, item.name, item.kind, item.owner, item.schedules]);
        const heads = ['Id', 'Name', 'Kind', 'Owner', 'Schedules'];
        const columns = heads.map((heading) => ({ heading, kind: 'text' as const }));
        print(json, { items }, [rows.length > 0 ? toTextTable({ columns, rows }) : 'Nothing is saved.']);
      }),
    );
  saved
    .command('remove <id>')
    .description('remove it with its schedules')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: Json) =>
      withStore(async ({ db }) => {
        if (!(await deleteSavedReport(db, id))) throw new BadArgument(`There is no saved report ${id}.`);
        print(json, { id }, ['Removed.']);
      }),
    );
}

type AddOptions = {
  every: string;
  at: string;
  timeZone?: string;
  weekday?: string;
  day?: string;
  mail?: string;
  webhook?: string;
  content: string;
  json?: boolean;
};

function add(savedReportId: string, options: AddOptions): Promise<void> {
  return withStore(async ({ db }, config) => {
    if (!options.mail === !options.webhook) throw new BadArgument('Give either --mail or --webhook.');
    const settings = readQuery(route.body, {
      saved_report_id: savedReportId,
      every: options.every,
      at_time: options.at,
      time_zone: options.timeZone ?? config.ARIA_TIME_ZONE,
      weekday: options.weekday === undefined ? undefined : Number(options.weekday),
      day_of_month: options.day === undefined ? undefined : Number(options.day),
      channel: options.mail ? 'email' : 'webhook',
      recipients: options.mail?.split(',').map((address) => address.trim()),
      url: options.webhook,
      content: options.content,
    });
    const created = await createSchedule(db, settings, commandLine, new Date(), await scheduleKey(db));
    if (!created) throw new BadArgument(`There is no saved report ${savedReportId}.`);
    print(options.json, { ...created.schedule, secret: created.secret }, [
      `Added as ${created.schedule.id}; due first at ${created.schedule.next_due_at}.`,
      ...(created.secret
        ? [`What is posted is signed with ${created.secret}; keep it, it is not shown again.`]
        : []),
    ]);
  });
}

function list({ json }: Json): Promise<void> {
  return withStore(async ({ db }) => {
    const { items } = await listSchedules(db, { limit: 500 });
    const heads = ['Id', 'Report', 'Every', 'At', 'To', 'Owner', 'Next due', 'Last run', 'What to do'];
    const columns = heads.map((heading) => ({ heading, kind: 'text' as const }));
    const rows = items.map((item) => [
      item.id,
      item.saved_report_name,
      item.every,
      `${item.at_time} ${item.time_zone}`,
      item.channel === 'email' ? item.recipients.join(', ') : item.url,
      item.owner_gone ? `${item.owner} (gone)` : item.owner,
      item.active ? item.next_due_at : 'paused',
      item.last_run ? `${item.last_run.state} ${item.last_run.due_at}` : null,
      item.last_run?.error?.advice ?? '',
    ]);
    print(json, { items }, [rows.length > 0 ? toTextTable({ columns, rows }) : 'Nothing is scheduled.']);
  });
}
