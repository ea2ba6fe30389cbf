import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import { notStorable } from '../answer.ts';
import type { StoredEvent } from '../event-store.ts';
import type { ReceiveDeps } from '../receive-event.ts';
import type { FileRow } from './file-row.ts';
import { type ImportJob, type ImportTally, type RowError, saveProgress } from './import-store.ts';
import { type ImportedEvent, importedEvents } from './imported-event.ts';
import { UnreadableFile } from './sniff-file.ts';

export type RunImportDeps = Pick<ReceiveDeps, 'normalize' | 'now' | 'store'> & {
  db: Database;
  connection: Connection;
  /** How many live events wait to be stored; an import gives way to them. */
  waiting: () => number;
  /** Bytes of the file that have been read. */
  bytesRead: () => number;
  onProgress?: (tally: ImportTally) => void;
  signal: AbortSignal;
};

/** Small, so that a live event never waits long behind one. */
const batchRows = 100;
/** A store that is always busy must not stop an import for ever. */
const longestYieldMs = 1_000;

type ReadRow = { place: FileRow; events: ImportedEvent[]; reason: string | null };

/**
 * Reads a file's rows into events from where the import stands, batch by batch, with as much rest as work in
 * between. When aborted it stops after the batch under way.
 * @returns whether the file was read to its end
 * @throws UnreadableFile when the rows cannot be told apart, or none of the first names its call
 */
export async function runImport(
  job: ImportJob,
  rows: AsyncIterable<FileRow>,
  deps: RunImportDeps,
): Promise<{ finished: boolean; tally: ImportTally }> {
  let tally: ImportTally = { ...job };
  let batch: FileRow[] = [];

  async function flush(): Promise<void> {
    if (batch.length === 0) return;
    const began = performance.now();
    const read = batch.map((place) => readRow(place, deps));
    if (tally.rowsRead === 0) checkFirst(read);
    const next = { ...tally, rowsRead: batch.at(-1)!.number, bytesRead: deps.bytesRead() };
    const errors = await storeRows(read, next, deps);
    await saveProgress(deps.db, job.id, tally, next, errors);
    tally = next;
    batch = [];
    deps.onProgress?.(tally);
    await giveWay(performance.now() - began, deps);
  }

  for await (const row of rows) {
    if (row.number <= job.rowsRead) continue;
    if (deps.signal.aborted) return { finished: false, tally };
    batch.push(row);
    if (batch.length === batchRows) await flush();
  }
  await flush();
  return { finished: true, tally };
}

function readRow(place: FileRow, deps: RunImportDeps): ReadRow {
  if ('reason' in place) return { place, events: [], reason: place.reason };
  return { place, ...importedEvents(place.data, deps.connection, deps) };
}

/** A file of something else must not fill the quarantine: at least one of the first rows has to be a call. */
function checkFirst(rows: ReadRow[]): void {
  const read = rows.filter(({ events }) => events.length > 0);
  if (read.length === 0 || read.some(({ events }) => events.some(({ fault }) => !fault))) return;
  const first = read[0]!.place;
  const names = 'data' in first ? Object.keys(first.data as object) : [];
  throw new UnreadableFile(
    `None of the first ${rows.length} rows names its call, so nothing was imported. The columns are: ${names.slice(0, 40).join(', ')}. One of them must be call_instance_id, or be mapped to it on the connection.`,
  );
}

/** Stores the rows' events and adds them to the tally. @returns what was wrong with which row */
async function storeRows(rows: ReadRow[], tally: ImportTally, deps: RunImportDeps): Promise<RowError[]> {
  const results = await Promise.all(
    rows.map(({ events }) => Promise.all(events.map(({ row }) => deps.store(row)))),
  );
  const errors: RowError[] = [];
  for (const [index, { place, events, reason }] of rows.entries()) {
    const stored = results[index]!;
    for (const [at, { row }] of events.entries()) count(row, stored[at]!, tally);
    if (events.length === 0) tally.unreadable++;
    const why = reason ?? (stored.some(({ unstorable }) => unstorable) ? notStorable.detail : null);
    if (why !== null) errors.push({ number: place.number, line: place.line, reason: why });
  }
  return errors;
}

function count(row: ImportedEvent['row'], stored: StoredEvent, tally: ImportTally): void {
  if (stored.duplicate) tally.duplicates++;
  else tally[stored.unstorable ? 'quarantined' : row.status]++;
  if (row.warnings !== '[]') tally.warned++;
}

/** Rests as long as the batch took, and until no live event waits. */
async function giveWay(tookMs: number, { waiting, signal }: RunImportDeps): Promise<void> {
  const until = performance.now() + longestYieldMs;
  let rest = Math.min(tookMs, longestYieldMs);
  do {
    await sleep(rest, undefined, { signal }).catch(() => undefined);
    rest = 20;
  } while (waiting() > 0 && performance.now() < until && !signal.aborted);
}
