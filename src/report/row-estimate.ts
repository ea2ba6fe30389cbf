import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Up to so many rows a table is counted to the last one: a tenth of a second or two. */
export const countableRows = 500_000;

/**
 * How many rows PostgreSQL expects of a query, from the present size of its tables and their statistics: within
 * a few percent on large tables, and in a millisecond.
 */
export async function estimateRows(db: Database, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) ${query}`.execute(db);
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
}
