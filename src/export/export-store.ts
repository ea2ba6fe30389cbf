import { sql } from 'kysely';
import type { ExportKind, ExportTaskBody } from '../contract/exports.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { decodeCursor, encodeCursor } from '../report/cursor.ts';
import type { ExportFormat } from './export-column.ts';
import type { ExportAsked } from './open-export.ts';

/** An export that a process works on. */
export type ExportJob = ExportAsked & {
  id: string;
  format: ExportFormat;
  /** The how-manieth attempt this is; an earlier one that still lives has no say any more. */
  attempts: number;
};

type ExportAttempt = Pick<ExportJob, 'id' | 'attempts'>;

/** A running export that is silent this long has lost its process. */
const lostAfterSeconds = 30;
/** As often an export is begun anew after its process died: it may be what kills it. */
const mostAttempts = 3;
/** How long a file stays. */
const keptDays = 7;

const neverFinished =
  'The process that wrote it ended three times, perhaps for want of memory. See the log of the system, choose a shorter period or fewer columns, then export again.';

/** Another process has taken the export over, or it is gone. */
export class ExportTaken extends Error {
  override name = 'ExportTaken';
}

/** Puts an export into the queue. @returns its id */
export async function addExport(
  db: Database,
  asked: ExportAsked & { format: ExportFormat },
  requestedBy: string,
): Promise<string> {
  const id = newId('exp');
  await sql`insert into export_task (id, kind, format, query, columns, requested_by)
    values (${id}, ${asked.kind}, ${asked.format}, ${JSON.stringify(asked.query)}::jsonb, ${asked.columns},
      ${requestedBy})`.execute(db);
  return id;
}

/** The next one to work on: waiting, or begun by a process that died. It is then begun anew, a few times. */
export async function claimExport(db: Database): Promise<ExportJob | null> {
  await sql`
    update export_task set state = 'failed', detail = ${neverFinished}, finished_at = now(),
      expires_at = now() + ${keptDays} * interval '1 day'
    where state = 'running' and attempts >= ${mostAttempts}
      and touched_at < now() - ${lostAfterSeconds} * interval '1 second'`.execute(db);
  const { rows } = await sql<ExportJob>`
    update export_task t set state = 'running', touched_at = now(), rows_done = 0,
      attempts = attempts + 1
    from (
      select id from export_task
      where state = 'waiting'
        or (state = 'running' and touched_at < now() - ${lostAfterSeconds} * interval '1 second')
      order by created_at limit 1 for update skip locked
    ) next
    where t.id = next.id
    returning t.id, t.kind, t.format, t.query, t.columns, t.attempts`.execute(db);
  return rows[0] ?? null;
}

/** Says how far an export is, and that its process lives. @throws ExportTaken */
export async function noteProgress(
  db: Database,
  { id, attempts }: ExportAttempt,
  rowsDone: number,
  expected: number | null,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update export_task set rows_done = ${rowsDone}, rows_expected = ${expected}, touched_at = now()
    where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(db);
  if (numAffectedRows === 0n) throw new ExportTaken(id);
}

/** @param outcome the file's bytes, or why there is none. @throws ExportTaken */
export async function finishExport(
  db: Database,
  { id, attempts }: ExportAttempt,
  outcome: { bytes: number; rows: number } | { detail: string },
): Promise<void> {
  if ('detail' in outcome) {
    await sql`update export_task set state = 'failed', detail = ${outcome.detail}, finished_at = now(),
      expires_at = now() + ${keptDays} * interval '1 day' where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(
      db,
    );
    return;
  }
  const { numAffectedRows } =
    await sql`update export_task set state = 'done', rows_done = ${outcome.rows}, rows_expected = ${outcome.rows},
    bytes = ${outcome.bytes}, finished_at = now(), expires_at = now() + ${keptDays} * interval '1 day'
    where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(db);
  if (numAffectedRows === 0n) throw new ExportTaken(id);
}

/** A stopping process gives its export back; its attempt does not count. */
export async function releaseExport(db: Database, { id, attempts }: ExportAttempt): Promise<void> {
  await sql`update export_task set state = 'waiting', attempts = attempts - 1
    where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(db);
}

/** Forgets exports whose time is over. @returns what names their files, which may go */
export async function forgetExpired(db: Database): Promise<(ExportAttempt & { format: ExportFormat })[]> {
  const { rows } = await sql<ExportAttempt & { format: ExportFormat }>`
    delete from export_task where expires_at < now() returning id, attempts, format`.execute(db);
  return rows;
}

type TaskRow = Omit<ExportTaskBody, 'created_at' | 'finished_at' | 'expires_at' | 'url'> & {
  kind: ExportKind;
  created_at: Date;
  finished_at: Date | null;
  expires_at: Date | null;
  place: string;
};

const taskColumns = sql`id, kind, format, query, state, rows_done, rows_expected, bytes, detail, requested_by, created_at,
  finished_at, expires_at, created_at::text as place`;

/** A page of exports, newest first. @throws InvalidQuery */
export async function listExports(
  db: Database,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ExportTaskBody[]; next: string | null }> {
  const after = decodeCursor('exports', cursor);
  const older = after ? sql`(created_at, id) < (${after.at}::timestamptz, ${after.id})` : sql`true`;
  const { rows } = await sql<TaskRow>`select ${taskColumns} from export_task where ${older}
    order by created_at desc, id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(toTask),
    next: more ? encodeCursor('exports', { at: last.place, id: last.id }) : null,
  };
}

/** One export, or null where there is none of this id. */
export async function getExport(db: Database, id: string): Promise<ExportTaskBody | null> {
  if (id.includes('\0')) return null;
  const { rows } = await sql<TaskRow>`select ${taskColumns} from export_task where id = ${id}`.execute(db);
  return rows[0] ? toTask(rows[0]) : null;
}

function toTask({ place: _, created_at, finished_at, expires_at, ...row }: TaskRow): ExportTaskBody {
  return {
    ...row,
    created_at: created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
    expires_at: expires_at?.toISOString() ?? null,
    url: row.state === 'done' ? `/v1/exports/${row.id}/file` : null,
  };
}
