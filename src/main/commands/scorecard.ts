import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { listScorecards } from '../../report/scorecard-list.ts';
import { readShared } from '../../score/read-shared.ts';
import { dropDraft, FaultyScorecard, publishVersion, saveDraft } from '../../score/save-scorecard.ts';
import { checkScorecards, faultText } from '../../score/scorecard-file.ts';
import { readConfig } from '../config.ts';
import { scorecardFolders } from '../folders.ts';
import { openScorecards } from '../open-scorecards.ts';
import { BadArgument } from './bad-argument.ts';
import { withBuiltIn } from './scorecard-folder.ts';
import { addScorecardRuleCommands } from './scorecard-rules.ts';
import { addScorecardTestCommand } from './scorecard-test.ts';
import { print, warn, withStore } from './with-store.ts';

type Json = { json?: boolean };

/** Who publishes by command line: whoever may run commands here. */
const commandLine = 'command line';

export function addScorecardCommands(program: Command): void {
  const scorecard = program
    .command('scorecard')
    .description('scorecards: which questions are asked of a call, and what makes it billable');

  scorecard
    .command('check [folder]')
    .description(
      'read all scorecards of a folder (default: those that Aria reads) and name every fault with file, line and fix',
    )
    .option('--json', 'print one JSON object')
    .action((folder: string | undefined, options: Json) => check(folder, options));

  addScorecardTestCommand(scorecard);

  scorecard
    .command('list')
    .description('scorecards with their versions and drafts')
    .option('--json', 'print one JSON object')
    .action((options: Json) => list(options));

  scorecard
    .command('draft <file>')
    .description('save a YAML file as the draft of its scorecard; a new id makes a new scorecard')
    .option('--json', 'print one JSON object')
    .action((file: string, options: Json) => draft(file, options));

  scorecard
    .command('publish <id>')
    .description('publish the draft: in force from now on, and unchangeable')
    .option('--version-name <version>', 'another version that is not published yet, instead of the draft')
    .option('--json', 'print one JSON object')
    .action((id: string, options: Json & { versionName?: string }) => publish(id, options));

  scorecard
    .command('drop <id>')
    .description('drop the draft')
    .action((id: string) => drop(id));

  addScorecardRuleCommands(scorecard);
}

function check(folder: string | undefined, options: Json): void {
  if (folder !== undefined && !existsSync(folder)) throw new BadArgument(`There is no folder ${folder}.`);
  const folders = folder === undefined ? scorecardFolders(readConfig()) : withBuiltIn(folder);
  const { scorecards, faults } = checkScorecards(...folders);
  if (faults.length > 0) throw new BadArgument(faultText(faults));
  const summary = scorecards.map(({ id, version, criteria }) => ({ id, version, criteria: criteria.length }));
  print(options.json, { scorecards: summary }, [
    ...summary.map((card) => `${card.id.padEnd(18)} ${card.version.padEnd(22)} ${card.criteria} criteria`),
    `${summary.length} scorecards, no faults`,
  ]);
}

function list(options: Json): Promise<void> {
  return withStore(async ({ db }, config) => {
    const { published, drafts } = await (await openScorecards(config, db, warn)).current();
    const fresh = drafts.filter(({ id }) => !published.some((one) => one.id === id));
    const scorecards = await listScorecards(db, [...published, ...fresh]);
    print(options.json, { scorecards }, [
      ...scorecards.flatMap(({ id, versions }) => [
        id,
        ...versions.map(
          ({ version, state, in_force, saved_at, published_at, published_by }) =>
            `  ${version.padEnd(22)} ${(in_force ? 'in force' : state).padEnd(10)} ${published_at ? `published ${published_at.slice(0, 10)} by ${published_by}` : `saved ${saved_at.slice(0, 10)}`}`,
        ),
      ]),
    ]);
  });
}

function draft(file: string, options: Json): Promise<void> {
  if (!existsSync(file)) throw new BadArgument(`There is no file ${file}.`);
  return withStore(async ({ db }, config) => {
    await openScorecards(config, db, warn);
    const source = { source: readFileSync(file, 'utf8'), shared: readShared(scorecardFolders(config)) };
    try {
      const saved = await saveDraft(db, source, commandLine, basename(file));
      print(options.json, saved, [
        saved.state === 'draft'
          ? `${saved.scorecard} ${saved.version} is saved as the draft. See what it would change: npx aria rescore --scorecard ${saved.scorecard}@draft. Publish it: npx aria scorecard publish ${saved.scorecard}.`
          : `${saved.scorecard} ${saved.version} is published already; nothing to draft.`,
      ]);
    } catch (error) {
      if (error instanceof FaultyScorecard) throw new BadArgument(error.message);
      throw error;
    }
  });
}

function publish(id: string, options: Json & { versionName?: string }): Promise<void> {
  return withStore(async ({ db }, config) => {
    await openScorecards(config, db, warn);
    const version = await publishVersion(db, id, options.versionName ?? null, commandLine);
    if (!version)
      throw new BadArgument(
        `${id} has no ${options.versionName ? `version ${options.versionName} that is not published yet` : 'draft'} (npx aria scorecard list).`,
      );
    print(options.json, { scorecard: id, version }, [
      `${id} ${version} is in force. Calls judged so far keep their outcome; judge them again: npx aria rescore --scorecard ${id}.`,
    ]);
  });
}

function drop(id: string): Promise<void> {
  return withStore(async ({ db }) => {
    if (!(await dropDraft(db, id))) throw new BadArgument(`${id} has no draft.`);
    print(false, {}, [`The draft of ${id} is dropped.`]);
  });
}
