import type { Command } from 'commander';
import { getAgreement } from '../../report/agreement.ts';
import { listLabelledCalls } from '../../report/labelled-calls.ts';
import { countOf } from './count-of.ts';
import { definitionLines } from './definition-lines.ts';
import { print, withStore } from './with-store.ts';

type Options = { scorecard?: string; definitions?: boolean; json?: boolean };

export function addReviewCommands(program: Command): void {
  const review = program
    .command('review')
    .description('what people said about calls, against what judges say');

  review
    .command('export')
    .description('reviewed calls as labelled calls, one JSON object a line, for npm run eval -- --set FILE')
    .option('--scorecard <id>', 'only calls scored by this scorecard')
    .action((options: Options) => exportCalls(options));

  review
    .command('agreement')
    .description('how often judges agree with reviewers, per criterion, scorecard version and judge')
    .option('--scorecard <id>', 'only this scorecard')
    .option('--definitions', 'what each figure counts, below the table')
    .option('--json', 'print one JSON object')
    .action((options: Options) => agreement(options));
}

function exportCalls(options: Options): Promise<void> {
  return withStore(async ({ db }) => {
    for await (const call of listLabelledCalls(db, options))
      process.stdout.write(`${JSON.stringify(call)}\n`);
  });
}

function agreement(options: Options): Promise<void> {
  return withStore(async ({ db }) => {
    const found = await getAgreement(db, options);
    const heads = ['scorecard', 'version', 'judge', 'of', 'reviewed', 'given', 'right', 'kappa'];
    const rows = found.items.map((row) => [
      ...[row.scorecard, row.version, row.judge, row.subject || row.field],
      ...[row.reviewed, row.given, row.precision ?? '—', row.kappa ?? '—'].map(String),
    ]);
    const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]!.length)));
    const toLine = (cells: string[]) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd();
    print(options.json, found, [
      toLine(heads),
      ...rows.map(toLine),
      `${countOf(found.calls, 'reviewed call')}. right: share of the answers given that the reviewer gives too.`,
      ...(options.definitions ? ['', ...definitionLines(found.metrics)] : []),
    ]);
  });
}
