import { basename } from 'node:path';
import { connectIngestPool, openDatabase } from '../db/database.ts';
import { mergeEvents } from '../normalize/merge.ts';
import { startArrivalClock } from '../receive/arrival-clock.ts';
import { hashFile } from '../receive/import/hash-file.ts';
import {
  createImport,
  findUnfinished,
  finishImport,
  type ImportTally,
  releaseImport,
  startImport,
} from '../receive/import/import-store.ts';
import { inspectFile, readFileRows } from '../receive/import/read-file.ts';
import { runImport } from '../receive/import/run-import.ts';
import { UnreadableFile } from '../receive/import/sniff-file.ts';
import { createIngest } from '../receive/ingest.ts';
import { findConnection } from './find-connection.ts';
import { createNormalize } from './normalize-for.ts';
import type { Store } from './store.ts';

export type ImportedFile = ImportTally & {
  importId: string;
  /** Rows that an earlier run had dealt with. */
  resumedAfter: number;
  bytes: number;
  finished: boolean;
};

/** Two flushes, and a fold beside each. */
const ingestSessions = 4;

/**
 * Imports a file of calls from this machine, beside a running Aria or alone. A run that was stopped goes on where
 * it stood when the same file is given again.
 * @param connection id or name
 * @throws BadArgument · UnreadableFile
 */
export async function importFile(
  store: Store,
  path: string,
  connection: string,
  deps: { onProgress: (tally: ImportTally, bytes: number) => void; signal: AbortSignal },
): Promise<ImportedFile> {
  const { db } = store;
  const found = await findConnection(db, connection);
  const sniffed = await inspectFile(path);
  const { sha256, bytes } = await hashFile(path);
  const file = { connectionId: found.id, source: 'file' as const, fileName: basename(path), sha256, bytes };
  const unfinished = await findUnfinished(db, found.id, sha256);
  const importId = unfinished ?? (await createImport(db, { ...file, format: sniffed.format }));
  const job = await startImport(db, importId);

  const pool = connectIngestPool(store.url, ingestSessions);
  const ingest = createIngest({
    pool,
    db: openDatabase(pool),
    merge: mergeEvents,
    onStored: () => {},
    onError: () => {},
  });
  let bytesRead = job.bytesRead;
  const rows = readFileRows(path, sniffed, (read) => {
    bytesRead = read;
  });
  try {
    const { finished, tally } = await runImport(job, rows, {
      db,
      connection: found,
      normalize: createNormalize(),
      now: await startArrivalClock(db),
      store: ingest.submit,
      waiting: () => 0,
      bytesRead: () => bytesRead,
      signal: deps.signal,
      onProgress: (now) => deps.onProgress(now, bytes),
    });
    if (finished) await finishImport(db, importId, null);
    else await releaseImport(db, importId);
    return { ...tally, importId, resumedAfter: job.rowsRead, bytes, finished };
  } catch (error) {
    if (error instanceof UnreadableFile) await finishImport(db, importId, error.message);
    throw error;
  } finally {
    await ingest.drained();
    await pool.end();
  }
}
