import { sql } from 'kysely';
import type { SavedReportBody } from '../contract/saved-reports.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { decodeCursor, encodeCursor } from '../report/cursor.ts';

type Row = Omit<SavedReportBody, 'created_at'> & { created_at: Date };

const columns = sql`r.id, r.name, r.owner, r.page as kind, r.query, r.created_at,
  (select count(*) from schedule s where s.saved_report_id = r.id) as schedules`;

/** A page of saved reports, by name. @throws InvalidQuery */
export async function listSavedReports(
  db: Database,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: SavedReportBody[]; next: string | null }> {
  const after = decodeCursor('saved-reports', cursor);
  const later = after ? sql`(r.name, r.id) > (${after.at}, ${after.id})` : sql`true`;
  const { rows } = await sql<Row>`select ${columns} from saved_report r where ${later}
    order by r.name, r.id limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(toBody),
    next: more ? encodeCursor('saved-reports', { at: last.name, id: last.id }) : null,
  };
}

/** Keeps a report; the same name of the same owner is replaced, its schedules stay. */
export async function saveReport(
  db: Database,
  report: Pick<SavedReportBody, 'name' | 'owner' | 'kind' | 'query'>,
): Promise<SavedReportBody> {
  const { rows } = await sql<{ id: string }>`
    insert into saved_report (id, name, owner, page, query)
    values (${newId('rep')}, ${report.name}, ${report.owner}, ${report.kind}, ${JSON.stringify(report.query)}::jsonb)
    on conflict (owner, name) do update set page = excluded.page, query = excluded.query
    returning id`.execute(db);
  const { rows: saved } = await sql<Row>`
    select ${columns} from saved_report r where r.id = ${rows[0]!.id}`.execute(db);
  return toBody(saved[0]!);
}

/** Whose a saved report is; null where there is none of this id. */
export async function ownerOfSavedReport(db: Database, id: string): Promise<string | null> {
  const { rows } = await sql<{ owner: string }>`select owner from saved_report where id = ${id}`.execute(db);
  return rows[0]?.owner ?? null;
}

/** Removes it with its schedules. @returns false where there is none of this id */
export async function deleteSavedReport(db: Database, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from saved_report where id = ${id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

function toBody(row: Row): SavedReportBody {
  return { ...row, created_at: row.created_at.toISOString() };
}
