import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';
import type { FileFormat } from './sniff-file.ts';

/** What became of the rows so far. `accepted` … `skipped` count events, `unreadable` rows without one. */
export type ImportTally = {
  rowsRead: number;
  bytesRead: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  skipped: number;
  unreadable: number;
  warned: number;
};

/** An import that is under way. */
export type ImportJob = ImportTally & { id: string; connectionId: string };

/** A row that gave no usable event. */
export type RowError = { number: number; line: number; reason: string };

export type NewImport = {
  connectionId: string;
  source: 'upload' | 'file';
  fileName: string;
  sha256: Buffer;
  bytes: number;
  format: FileFormat;
};

/** Somebody else goes on with the import: this process was silent for too long. */
export class ImportTaken extends Error {
  override name = 'ImportTaken';
}

/** A running import that has not moved for this long has lost its process. */
const silentSeconds = 60;

type Row = {
  id: string;
  connection_id: string;
  rows_read: number;
  bytes_read: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  skipped: number;
  unreadable: number;
  warned: number;
};

const columns = sql.raw(
  'id, connection_id, rows_read, bytes_read, accepted, duplicates, quarantined, skipped, unreadable, warned',
);

/** @param id of a file that was uploaded under it */
export async function createImport(db: Database, given: NewImport, id = newImportId()): Promise<string> {
  await sql`
    insert into import (id, connection_id, source, file_name, sha256, bytes, format)
    values (${id}, ${given.connectionId}, ${given.source}, ${given.fileName}, ${given.sha256}, ${given.bytes},
      ${given.format})`.execute(db);
  return id;
}

export function newImportId(): string {
  return newId('imp');
}

/** The command's import of this very file that was stopped before its end, if there is one. */
export async function findUnfinished(
  db: Database,
  connectionId: string,
  sha256: Buffer,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from import
    where connection_id = ${connectionId} and sha256 = ${sha256} and source = 'file' and state in ('waiting', 'running')
    order by created_at desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** Takes one import up, wherever it stands. */
export async function startImport(db: Database, id: string): Promise<ImportJob> {
  const { rows } = await sql<Row>`
    update import set state = 'running', touched_at = now() where id = ${id} returning ${columns}`.execute(
    db,
  );
  return toJob(rows[0]!);
}

/** Takes up the oldest upload that waits, or whose process is gone. */
export async function claimUpload(db: Database): Promise<ImportJob | null> {
  const { rows } = await sql<Row>`
    update import set state = 'running', touched_at = now()
    where id = (
      select id from import
      where source = 'upload' and (state = 'waiting'
        or (state = 'running' and touched_at < now() - make_interval(secs => ${silentSeconds})))
      order by created_at limit 1 for update skip locked
    )
    returning ${columns}`.execute(db);
  return rows[0] ? toJob(rows[0]) : null;
}

/**
 * Notes how far the import is and which rows were in error; what came before it is stored by now. A process that
 * dies before this goes over its last rows again and finds them stored.
 * @throws ImportTaken
 */
export async function saveProgress(
  db: Database,
  id: string,
  before: ImportTally,
  now: ImportTally,
  errors: RowError[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numAffectedRows } = await sql`
      update import set rows_read = ${now.rowsRead}, bytes_read = ${now.bytesRead}, accepted = ${now.accepted},
        duplicates = ${now.duplicates}, quarantined = ${now.quarantined}, skipped = ${now.skipped},
        unreadable = ${now.unreadable}, warned = ${now.warned}, touched_at = now()
      where id = ${id} and state = 'running' and rows_read = ${before.rowsRead}`.execute(tx);
    if (numAffectedRows === 0n) throw new ImportTaken(`Import ${id} goes on elsewhere.`);
    if (errors.length === 0) return;
    await sql`
      insert into import_error (import_id, row_number, line, reason)
      select ${id}, e.number, e.line, e.reason
      from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as e(number bigint, line bigint, reason text)
      on conflict do nothing`.execute(tx);
  });
}

/** Ends an import for good. @param detail why it failed; null: the file was read to its end */
export async function finishImport(db: Database, id: string, detail: string | null): Promise<void> {
  await sql`
    update import set state = ${detail === null ? 'done' : 'failed'}, detail = ${detail}, finished_at = now(),
      touched_at = now(), bytes_read = case when ${detail === null} then bytes else bytes_read end
    where id = ${id}`.execute(db);
}

/** Puts an import down, to be taken up again at once by whoever looks next. */
export async function releaseImport(db: Database, id: string): Promise<void> {
  await sql`update import set state = 'waiting' where id = ${id} and state = 'running'`.execute(db);
}

function toJob(row: Row): ImportJob {
  const { id, connection_id, rows_read, bytes_read, ...counts } = row;
  return { id, connectionId: connection_id, rowsRead: rows_read, bytesRead: bytes_read, ...counts };
}
