import type { Command } from 'commander';
import { checkScorecards, faultText } from '../../score/scorecard-file.ts';
import { builtInScorecards } from '../folders.ts';
import { BadArgument } from './bad-argument.ts';
import { print } from './with-store.ts';

export function addScorecardCommands(program: Command): void {
  program
    .command('scorecard')
    .description('scorecards: which questions are asked of a call, and what makes it billable')
    .command('check [folder]')
    .description('read all scorecards of a folder and name every fault with file and line')
    .option('--json', 'print one JSON object')
    .action((folder: string | undefined, options: { json?: boolean }) => {
      const { scorecards, faults } = checkScorecards(folder ?? builtInScorecards);
      if (faults.length > 0) throw new BadArgument(faultText(faults));
      const summary = scorecards.map(({ id, version, criteria }) => ({
        id,
        version,
        criteria: criteria.length,
      }));
      print(options.json, { scorecards: summary }, [
        ...summary.map(
          (card) => `${card.id.padEnd(18)} ${card.version.padEnd(22)} ${card.criteria} criteria`,
        ),
        `${summary.length} scorecards, no faults`,
      ]);
    });
}
