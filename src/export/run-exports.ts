import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../db/database.ts';
import { type Rounds, startRounds } from '../lib/rounds.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import type { ExportFormat, ExportRows } from './export-column.ts';
import {
  claimExport,
  type ExportJob,
  ExportTaken,
  finishExport,
  forgetExpired,
  noteProgress,
  releaseExport,
} from './export-store.ts';
import { openExport, type ReportSettings } from './open-export.ts';
import { writeExport } from './write-export.ts';

export type ExporterDeps = ReportSettings & {
  db: Database;
  /** Where files lie, each under its export's id. */
  folder: string;
  onError: (error: unknown) => void;
};

const pollMs = 5_000;
const progressMs = 1_000;

/**
 * Works exports off, one at a time, in the process that serves their files. One that a killed process had begun is
 * begun anew: files are written beside their place and moved there when they are whole.
 */
export function startExporter(deps: ExporterDeps): Rounds {
  const { db, onError } = deps;
  return startRounds({
    async round(signal) {
      await removeExpired(deps);
      while (!signal.aborted) {
        const job = await claimExport(db);
        if (!job) return;
        await runExport(job, deps, signal);
      }
    },
    pollMs,
    onError,
  });
}

/** Where the file of an export lies. */
export function exportPath(folder: string, { id, format }: { id: string; format: ExportFormat }): string {
  return join(folder, `${id}.${format}`);
}

/** Each attempt writes a file of its own: two processes that both think it theirs cannot mix their bytes. */
function draftPath(path: string, attempt: number): string {
  return `${path}.${attempt}.part`;
}

/** What attempts left behind whose process was killed, the first up to this one. */
async function removeDrafts(path: string, upTo: number): Promise<void> {
  for (let attempt = 1; attempt <= upTo; attempt++) await rm(draftPath(path, attempt), { force: true });
}

async function runExport(job: ExportJob, deps: ExporterDeps, signal: AbortSignal): Promise<void> {
  const { db, folder, timeZone } = deps;
  const path = exportPath(folder, job);
  const draft = draftPath(path, job.attempts);
  let isInPlace = false;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeDrafts(path, job.attempts - 1);
    const opened = await openExport(db, job, deps);
    let rows = 0;
    const counted = watchRows(opened, async (done) => {
      rows = done;
      await noteProgress(db, job, done, opened.expected);
    });
    const bytes = writeExport(job.format, counted, job.query.time_zone ?? timeZone);
    await pipeline(Readable.from(bytes), createWriteStream(draft, { mode: 0o600 }), { signal });
    await noteProgress(db, job, rows, opened.expected);
    await rename(draft, path);
    isInPlace = true;
    await finishExport(db, job, { bytes: (await stat(path)).size, rows });
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof ExportTaken) return isInPlace ? await rm(path, { force: true }) : undefined;
    if (signal.aborted) return await releaseExport(db, job);
    await finishExport(db, job, { detail: reasonOf(error) });
    if (!(error instanceof InvalidQuery)) deps.onError(error);
  }
}

/** The same rows; `onRows` hears of them at most once a second, and of the last. */
function watchRows(opened: ExportRows, onRows: (done: number) => Promise<void>): ExportRows {
  async function* watched() {
    let done = 0;
    let told = 0;
    for await (const batch of opened.batches) {
      yield batch;
      done += batch.length;
      if (performance.now() - told < progressMs) continue;
      told = performance.now();
      await onRows(done);
    }
    await onRows(done);
  }
  return { ...opened, batches: watched() };
}

async function removeExpired({ db, folder }: ExporterDeps): Promise<void> {
  for (const expired of await forgetExpired(db)) {
    const path = exportPath(folder, expired);
    await rm(path, { force: true });
    await removeDrafts(path, expired.attempts);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof InvalidQuery) return error.message;
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC') return 'The disk of the data folder is full. Free some space, then export again.';
  return 'A fault in Aria, or the database went away. The log has the details; try again.';
}
