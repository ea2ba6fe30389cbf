import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Scorecard } from '../../domain/scorecard.ts';
import { runExamples } from '../../score/run-examples.ts';
import { type LabelledReport, runLabelled } from '../../score/run-labelled.ts';
import { checkScorecards, faultText } from '../../score/scorecard-file.ts';
import { readConfig } from '../config.ts';
import { scorecardFolders } from '../folders.ts';
import { BadArgument } from './bad-argument.ts';
import { withBuiltIn } from './scorecard-folder.ts';
import { print } from './with-store.ts';

type TestOptions = { folder?: string; calls?: string; strict?: boolean; json?: boolean };

export function addScorecardTestCommand(scorecard: Command): void {
  scorecard
    .command('test [ids...]')
    .description(
      'hold scorecards against their own examples, and against labelled calls, with the local judge; fails where an answer is wrong',
    )
    .option('--folder <folder>', 'read scorecards from here; default: those that Aria reads')
    .option('--calls <file>', 'labelled calls, one JSON object a line (docs/scorecards.md)')
    .option('--strict', 'fail also where an example or a label is left unknown')
    .option('--json', 'print one JSON object')
    .action((ids: string[], options: TestOptions) => test(ids, options));
}

function test(ids: string[], options: TestOptions): void {
  const folders = options.folder ? withBuiltIn(options.folder) : scorecardFolders(readConfig());
  const { scorecards, faults } = checkScorecards(...folders);
  if (faults.length > 0) throw new BadArgument(faultText(faults));
  const unknown = ids.find((id) => !scorecards.some((scorecard) => scorecard.id === id));
  if (unknown)
    throw new BadArgument(
      `There is no scorecard ${unknown}; there are ${scorecards.map(({ id }) => id).join(', ')}.`,
    );
  const chosen = scorecards.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const examples = chosen.map((scorecard) => ({ id: scorecard.id, ...runExamples(scorecard) }));
  const calls = options.calls ? testCalls(options.calls, chosen) : null;
  const wrong = sum(examples.map((one) => one.wrong)) + (calls?.wrong ?? 0);
  const open = sum(examples.map((one) => one.open)) + (calls?.open ?? 0);
  const passed = wrong === 0 && (!options.strict || open === 0);
  print(options.json, { passed, examples, calls }, [
    ...examples.flatMap(({ id, right, open: unheard, wrong: bad, misses }) => [
      `${id.padEnd(18)} ${right} examples right, ${unheard} left unknown, ${bad} wrong`,
      ...misses.map(
        ({ criterion, example, wanted, got }) =>
          `  ${got === 'unknown' ? 'unknown' : 'WRONG  '} ${criterion}: "${example}" is ${wanted}${got === 'unknown' ? '' : `, heard as ${got}`}`,
      ),
    ]),
    ...(calls ? describeCalls(calls) : []),
    passed ? 'passed' : 'failed',
  ]);
  if (!passed) process.exitCode = 1;
}

function testCalls(path: string, scorecards: readonly Scorecard[]): LabelledReport {
  if (!existsSync(path)) throw new BadArgument(`There is no file ${path}.`);
  try {
    return runLabelled(readFileSync(path, 'utf8'), scorecards);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new BadArgument(`${path}: ${error.message}`);
    throw error;
  }
}

function describeCalls({ calls, right, open, wrong, misses }: LabelledReport): string[] {
  return [
    `${calls} labelled calls: ${right} labels right, ${open} left unknown, ${wrong} wrong`,
    ...misses.map(
      ({ call, label, wanted, got }) =>
        `  ${got === 'unknown' ? 'unknown' : 'WRONG  '} ${call} ${label}: ${wanted}, not ${got}`,
    ),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
