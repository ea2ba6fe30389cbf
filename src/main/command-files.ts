import type { Command } from 'commander';

type Add = (program: Command) => void;

const run = async (): Promise<Add[]> => [(await import('./commands/run.ts')).addRunCommands];
const schedule = async (): Promise<Add[]> => [(await import('./commands/schedule.ts')).addScheduleCommands];

/** By name of a command, in the order of the help: what defines it. Each loads what it needs itself; all take thrice as long. */
export const commandFiles: Record<string, () => Promise<Add[]>> = {
  start: run,
  serve: run,
  work: run,
  connection: async () => [(await import('./commands/connection.ts')).addConnectionCommands],
  key: async () => [(await import('./commands/key.ts')).addKeyCommands],
  report: async () => [
    (await import('./commands/report.ts')).addReportCommand,
    (await import('./commands/traffic-reports.ts')).addTrafficReportCommands,
  ],
  search: async () => [(await import('./commands/search.ts')).addSearchCommand],
  export: async () => [(await import('./commands/export.ts')).addExportCommand],
  'saved-report': schedule,
  schedule,
  links: async () => [(await import('./commands/links.ts')).addLinkCommands],
  changes: async () => [(await import('./commands/changes.ts')).addChangesCommand],
  rollups: async () => [(await import('./commands/rollups.ts')).addRollupCommands],
  events: async () => [(await import('./commands/events.ts')).addEventCommands],
  import: async () => [(await import('./commands/import.ts')).addImportCommand],
  replay: async () => [(await import('./commands/replay.ts')).addReplayCommand],
  rerun: async () => [(await import('./commands/rerun.ts')).addRerunCommand],
  erase: async () => [(await import('./commands/erase.ts')).addEraseCommand],
  migrate: async () => [(await import('./commands/migrate.ts')).addMigrateCommand],
  models: async () => [(await import('./commands/models.ts')).addModelCommands],
  engines: async () => [(await import('./commands/engines.ts')).addEngineCommands],
  scorecard: async () => [(await import('./commands/scorecard.ts')).addScorecardCommands],
  rescore: async () => [(await import('./commands/rescore.ts')).addRescoreCommands],
  review: async () => [(await import('./commands/review.ts')).addReviewCommands],
  'owner-link': async () => [(await import('./commands/owner-link.ts')).addOwnerLinkCommand],
  user: async () => [(await import('./commands/user.ts')).addUserCommands],
  config: async () => [(await import('./commands/config.ts')).addConfigCommand],
};
