import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../db/database.ts';
import { type Rounds, startRounds } from '../../lib/rounds.ts';
import { listConnectionSettings } from '../connection-directory.ts';
import type { ReceiveDeps } from '../receive-event.ts';
import { claimUpload, finishImport, type ImportJob, ImportTaken, releaseImport } from './import-store.ts';
import { inspectFile, readFileRows } from './read-file.ts';
import { removeLeftUploads } from './remove-left-uploads.ts';
import { runImport } from './run-import.ts';
import { UnreadableFile } from './sniff-file.ts';

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
export function startUploadImporter(deps: UploadImporterDeps): Rounds {
  const { db, folder, onError } = deps;
  const rounds = startRounds({
    async round(signal) {
      while (!signal.aborted) {
        const job = await claimUpload(db);
        if (!job) return;
        await importUpload(job, deps, signal);
      }
    },
    pollMs,
    onError,
  });
  const clear = () => removeLeftUploads(db, folder).catch(onError);
  const clearing = setInterval(clear, clearMs);
  void clear();
  return {
    kick: rounds.kick,
    async stop() {
      clearInterval(clearing);
      await rounds.stop();
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
