import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Span } from './rollup-spans.ts';

/** The hours among these whose rollups are out of date, the newest first, and at most so many of them. */
export async function readMarks(db: Database, spans: Span[], most: number): Promise<Date[]> {
  const first = new Date(Math.min(...spans.map(({ start }) => start)));
  const end = new Date(Math.max(...spans.map((span) => span.end)));
  const { rows } = await sql<{ slot: Date }>`
    select distinct slot from rollup_mark where slot >= ${first} and slot < ${end} order by slot desc
    limit ${most}`.execute(db);
  return rows.map(({ slot }) => slot);
}
