import { sql } from 'kysely';
import type { RescoreBody } from '../contract/rescores.ts';
import type { Database } from '../db/database.ts';

type Row = Omit<RescoreBody, 'from' | 'to' | `${string}_at`> & {
  from_at: Date | null;
  to_at: Date | null;
  created_at: Date;
  finished_at: Date | null;
  decided_at: Date | null;
  due_at: Date | null;
};

const columns = sql.raw(
  'id, state, from_at, to_at, connection_id, scorecard, version, drafts, every_call, judge, created_by, created_at, finished_at, decided_by, decided_at, total, done, detail, due_at',
);

/** Rescores, newest first. */
export async function listRescores(
  db: Database,
  { limit, cursor = '' }: { limit: number; cursor?: string | undefined },
): Promise<{ items: RescoreBody[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select ${columns} from rescore where ${cursor} = '' or id < ${cursor}
    order by id desc limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit).map(toRescoreBody);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

/** One rescore, or null where there is none of this id. */
export async function getRescore(db: Database, id: string): Promise<RescoreBody | null> {
  const { rows } = await sql<Row>`select ${columns} from rescore where id = ${id}`.execute(db);
  return rows[0] ? toRescoreBody(rows[0]) : null;
}

function toRescoreBody({
  from_at,
  to_at,
  created_at,
  finished_at,
  decided_at,
  due_at,
  ...row
}: Row): RescoreBody {
  return {
    ...row,
    from: from_at?.toISOString() ?? null,
    to: to_at?.toISOString() ?? null,
    created_at: created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
    decided_at: decided_at?.toISOString() ?? null,
    due_at: due_at?.toISOString() ?? null,
  };
}
