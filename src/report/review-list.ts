import { sql } from 'kysely';
import type { ReviewBody } from '../contract/review.ts';
import type { Database } from '../db/database.ts';

export type ReviewQuery = { call_id?: string | undefined; limit: number; cursor?: string | undefined };

type Row = Omit<ReviewBody, 'reviewed_at' | 'undone_at'> & { reviewed_at: Date; undone_at: Date | null };

/** Reviews, newest first, undone ones included. */
export async function listReviews(
  db: Database,
  { call_id = '', limit, cursor = '' }: ReviewQuery,
): Promise<{ items: ReviewBody[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select id, call_id, field, subject, value, prospect_reason, evidence, reason, judged, reviewed_by, reviewed_at,
      undone_by, undone_at
    from review
    where (${call_id} = '' or call_id = ${call_id}) and (${cursor} = '' or id < ${cursor})
    order by id desc limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit).map(toReviewBody);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

function toReviewBody(row: Row): ReviewBody {
  return {
    ...row,
    reviewed_at: row.reviewed_at.toISOString(),
    undone_at: row.undone_at?.toISOString() ?? null,
  };
}
