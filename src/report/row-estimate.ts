import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Up to about a million rows an index is counted to the last row in a tenth of a second. */
const countableBytes = 64 * 1024 * 1024;

/** Whether an index is small enough to be counted while somebody waits. */
export async function isCountable(db: Database, index: string): Promise<boolean> {
  const { rows } = await sql<{ bytes: number }>`select pg_relation_size(${index}::regclass) as bytes`.execute(
    db,
  );
  return rows[0]!.bytes <= countableBytes;
}

/** How many rows PostgreSQL expects of a query, from its statistics: within a few percent on large tables. */
export async function estimateRows(db: Database, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) ${query}`.execute(db);
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
}
