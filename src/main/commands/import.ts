import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Database } from '../../db/database.ts';
import { importErrorsCsv } from '../../export/import-errors-csv.ts';
import { UnreadableFile } from '../../receive/import/sniff-file.ts';
import { readImportErrors } from '../../report/import-errors.ts';
import { type ImportedFile, importFile } from '../import-file.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { progressBar } from './progress-bar.ts';
import { untilStopped } from './until-stopped.ts';
import { print, withStore } from './with-store.ts';

export function addImportCommand(program: Command): void {
  program
    .command('import <file>')
    .description('read a CSV or NDJSON file of calls into events; run it again to go on where it was stopped')
    .requiredOption('--connection <id>', 'whose names, zone and currency the file has: id or name')
    .option('--json', 'print one JSON object')
    .action((file: string, options: { connection: string; json?: boolean }) => run(file, options));
}

async function run(path: string, options: { connection: string; json?: boolean }): Promise<void> {
  const began = performance.now();
  const bar = progressBar(process.stderr);
  try {
    await untilStopped((signal) =>
      withStore(async (store) => {
        const done = await importFile(store, path, options.connection, {
          onProgress: (tally, bytes) => bar.show(tally.bytesRead / bytes, tally.rowsRead),
          signal,
        }).finally(bar.end);
        const errorsFile = await writeErrors(store.db, done, `${path}.errors.csv`);
        report(path, done, errorsFile, (performance.now() - began) / 1000, options.json);
      }),
    );
  } catch (error) {
    throw error instanceof UnreadableFile
      ? new BadArgument(`${path}: ${error.message}`)
      : explainPath(error, path);
  }
}

/** @returns null where every row could be used; what an earlier run left there is then out of date */
async function writeErrors(db: Database, { importId }: ImportedFile, path: string): Promise<string | null> {
  const pages = readImportErrors(db, importId);
  const first = await pages.next();
  if (first.done) {
    await rm(path, { force: true });
    return null;
  }
  async function* all() {
    yield first.value!;
    yield* pages;
  }
  await pipeline(importErrorsCsv(all()), createWriteStream(path));
  return path;
}

function report(
  path: string,
  done: ImportedFile,
  errorsFile: string | null,
  seconds: number,
  json: boolean | undefined,
): void {
  if (!done.finished) process.exitCode = 130;
  const result = {
    import_id: done.importId,
    file: path,
    finished: done.finished,
    rows: done.rowsRead,
    resumed_after: done.resumedAfter,
    accepted: done.accepted,
    duplicates: done.duplicates,
    quarantined: done.quarantined,
    skipped: done.skipped,
    unreadable: done.unreadable,
    warned: done.warned,
    errors_file: errorsFile,
    seconds: Number(seconds.toFixed(3)),
  };
  const numbers = new Intl.NumberFormat('en');
  const parts = (['accepted', 'duplicates', 'quarantined', 'skipped', 'unreadable'] as const)
    .filter((name) => done[name] > 0 || name === 'accepted')
    .map((name) => `${numbers.format(done[name])} ${name}`);
  print(json, result, [
    `${countOf(done.rowsRead, 'row')}: ${parts.join(', ')}; ${numbers.format(done.warned)} with warnings.`,
    ...(errorsFile ? [`Rows that could not be used: ${errorsFile}`] : []),
    ...(done.finished ? [] : ['Stopped. Run the same command again to go on from here.']),
  ]);
}

function explainPath(error: unknown, path: string): unknown {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (syscall !== 'open' && syscall !== 'read') return error;
  if (code === 'ENOENT') return new BadArgument(`There is no file ${path}.`);
  if (code === 'EISDIR') return new BadArgument(`${path} is a folder.`);
  return code === 'EACCES' ? new BadArgument(`${path} may not be read.`) : error;
}
