import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { type ExportKind, exportKinds } from '../../contract/exports.ts';
import { definitionRows } from '../../export/definition-rows.ts';
import { type ExportRows, exportFormats } from '../../export/export-column.ts';
import { openExport } from '../../export/open-export.ts';
import { writeExport } from '../../export/write-export.ts';
import { InvalidQuery } from '../../report/invalid-query.ts';
import { openScorecardStore } from '../../score/scorecard-store.ts';
import { policySecondsOf } from '../policy-seconds.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { progressBar } from './progress-bar.ts';
import { print, withStore } from './with-store.ts';

type Options = {
  format: string;
  output?: string;
  filter: string[];
  columns?: string;
  definitions?: boolean;
  json?: boolean;
};

const kinds = Object.keys(exportKinds) as ExportKind[];

export function addExportCommand(program: Command): void {
  program
    .command('export <kind>')
    .description(`write a list or report into a file: ${kinds.join(', ')}`)
    .option('--format <format>', exportFormats.join(', '), 'csv')
    .option('--output <file>', 'default: standard output')
    .option(
      '--filter <name=value>',
      'a filter as in the API, e.g. from=2025-07-01, publisher_name=North, by=buyer, q="solar panels"; repeat it',
      (given: string, all: string[]) => [...all, given],
      [] as string[],
    )
    .option(
      '--columns <ids>',
      'columns of calls, or metrics of a breakdown, in order, comma-separated; default: all',
    )
    .option('--definitions', 'instead of the rows: what each figure among the columns counts')
    .option('--json', 'with --output: print one JSON object about the file')
    .action((kind: string, options: Options) => run(kind, options));
}

function run(kind: string, options: Options): Promise<void> {
  const asked = {
    kind: oneOf('kind', kind, kinds),
    query: Object.fromEntries(options.filter.map(readFilter)),
    columns: options.columns?.split(',').map((id) => id.trim()) ?? null,
  };
  const format = oneOf('--format', options.format, exportFormats);
  return withStore(async ({ db }, config) => {
    const timeZone = asked.query.time_zone ?? config.ARIA_TIME_ZONE;
    const bar = progressBar(process.stderr);
    try {
      const report = await openExport(db, asked, {
        timeZone: config.ARIA_TIME_ZONE,
        policySeconds: async () => policySecondsOf(await openScorecardStore(db))(),
      });
      const opened = options.definitions ? definitionRows(report.columns) : report;
      let rows = 0;
      const counted = countRows(opened, (done) => {
        rows = done;
        if (options.output && opened.expected) bar.show(Math.min(1, done / opened.expected), done);
      });
      await write(writeExport(format, counted, timeZone), options.output);
      bar.end();
      if (options.output)
        print(options.json, { file: options.output, format, rows }, [
          `${countOf(rows, 'row')} in ${options.output}`,
        ]);
    } catch (error) {
      bar.end();
      if (error instanceof InvalidQuery) throw new BadArgument(error.message);
      if ((error as { code?: unknown }).code === 'EPIPE') return;
      throw error;
    }
  });
}

/** A file appears when it is whole. */
async function write(bytes: AsyncGenerator<Uint8Array>, path: string | undefined): Promise<void> {
  if (path === undefined) {
    await pipeline(Readable.from(bytes), process.stdout, { end: false });
    return;
  }
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(bytes), createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function countRows(opened: ExportRows, onRows: (done: number) => void): ExportRows {
  async function* counted() {
    let done = 0;
    for await (const batch of opened.batches) {
      yield batch;
      done += batch.length;
      onRows(done);
    }
  }
  return { ...opened, batches: counted() };
}

function readFilter(text: string): [string, string] {
  const mark = text.indexOf('=');
  if (mark < 1) throw new BadArgument(`--filter: ${text} is no name=value.`);
  return [text.slice(0, mark), text.slice(mark + 1)];
}

function oneOf<T extends string>(name: string, given: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === given);
  if (found) return found;
  throw new BadArgument(`${name}: ${given} is none of ${known.join(', ')}.`);
}
