import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../db/database.ts';
import { listConnectionSettings } from '../connection-directory.ts';
import type { ReceiveDeps } from '../receive-event.ts';
import { claimUpload, finishImport, type ImportJob, ImportTaken, releaseImport } from './import-store.ts';
import { inspectFile, readFileRows } from './read-file.ts';
import { removeLeftUploads } from './remove-left-uploads.ts';
import { runImport } from './run-import.ts';
import { UnreadableFile } from './sniff-file.ts';

export type UploadImporter = { kick: () => void; stop: () => Promise<void> };

export type UploadImporterDeps = Pick<ReceiveDeps, 'normalize' | 'now' | 'store'> & {
  db: Database;
  /** Where uploads lie, each under its import's id. */
  folder: string;
  waiting: () => number;
  onError: (error: unknown) => void;
};

const pollMs = 5_000;
const clearMs = 3_600_000;

/**
 * Works uploads off, one at a time. One that a stopped process had begun goes on where it stood; where the
 * store is away it is tried again later.
 */
export function startUploadImporter(deps: UploadImporterDeps): UploadImporter {
  const stopping = new AbortController();
  let again = false;
  let round: Promise<void> | null = null;

  async function work(): Promise<void> {
    do {
      again = false;
      for (let job = await next(); job; job = await next()) await importUpload(job, deps, stopping.signal);
    } while (again);
  }

  async function next(): Promise<ImportJob | null> {
    return stopping.signal.aborted ? null : claimUpload(deps.db);
  }

  function kick(): void {
    again = true;
    round ??= work()
      .catch(deps.onError)
      .finally(() => {
        round = null;
      });
  }

  const clear = () => removeLeftUploads(deps.db, deps.folder).catch(deps.onError);
  const timer = setInterval(kick, pollMs);
  const clearing = setInterval(clear, clearMs);
  void clear();
  kick();
  return {
    kick,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      clearInterval(clearing);
      await round;
    },
  };
}

async function importUpload(job: ImportJob, deps: UploadImporterDeps, signal: AbortSignal): Promise<void> {
  const path = join(deps.folder, job.id);
  let bytes = job.bytesRead;
  try {
    const connection = (await listConnectionSettings(deps.db)).get(job.connectionId)!;
    const rows = readFileRows(path, await inspectFile(path), (read) => {
      bytes = read;
    });
    const { finished } = await runImport(job, rows, { ...deps, connection, signal, bytesRead: () => bytes });
    if (!finished) return await releaseImport(deps.db, job.id);
    await finishImport(deps.db, job.id, null);
  } catch (error) {
    if (error instanceof ImportTaken) return;
    const reason = reasonOf(error);
    if (reason === null) throw error;
    await finishImport(deps.db, job.id, reason);
  }
  await rm(path, { force: true });
}

/** Why the file itself is at fault, or null when something else is and the import goes on later. */
function reasonOf(error: unknown): string | null {
  if (error instanceof UnreadableFile) return error.message;
  const { code } = error as { code?: unknown };
  return code === 'ENOENT' ? 'The uploaded file is gone. Upload it again.' : null;
}
