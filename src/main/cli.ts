#!/usr/bin/env node
import { Command } from 'commander';
import { addChangesCommand } from './commands/changes.ts';
import { addConfigCommand } from './commands/config.ts';
import { addConnectionCommands } from './commands/connection.ts';
import { addEngineCommands } from './commands/engines.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addEventCommands } from './commands/events.ts';
import { addExportCommand } from './commands/export.ts';
import { addImportCommand } from './commands/import.ts';
import { addKeyCommands } from './commands/key.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addModelCommands } from './commands/models.ts';
import { addOwnerLinkCommand } from './commands/owner-link.ts';
import { addReplayCommands } from './commands/replay.ts';
import { addReportCommand } from './commands/report.ts';
import { addRescoreCommands } from './commands/rescore.ts';
import { addReviewCommands } from './commands/review.ts';
import { addRollupCommands } from './commands/rollups.ts';
import { addRunCommands } from './commands/run.ts';
import { addScheduleCommands } from './commands/schedule.ts';
import { addScorecardCommands } from './commands/scorecard.ts';
import { addSearchCommand } from './commands/search.ts';
import { addTrafficReportCommands } from './commands/traffic-reports.ts';
import { addUserCommands } from './commands/user.ts';
import { explainFailure } from './explain-failure.ts';

const program = new Command('aria')
  .description(
    'Outcome reporting for pay-per-call: call events in; transcripts, scores and money questions answered.',
  )
  .showHelpAfterError();

addRunCommands(program);
addConnectionCommands(program);
addKeyCommands(program);
addReportCommand(program);
addTrafficReportCommands(program);
addSearchCommand(program);
addExportCommand(program);
addScheduleCommands(program);
addChangesCommand(program);
addRollupCommands(program);
addEventCommands(program);
addImportCommand(program);
addReplayCommands(program);
addEraseCommand(program);
addMigrateCommand(program);
addModelCommands(program);
addEngineCommands(program);
addScorecardCommands(program);
addRescoreCommands(program);
addReviewCommands(program);
addOwnerLinkCommand(program);
addUserCommands(program);
addConfigCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}
