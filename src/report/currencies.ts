import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { all, type CallConditions } from './call-filters.ts';

/**
 * The currencies of the calls that a report counts, sorted. Amounts are never converted: with more than one,
 * the report's money mixes them and must say so. To be asked only where there are calls at all.
 */
export async function findCurrencies(db: Database, { facts, findings }: CallConditions): Promise<string[]> {
  const { rows: known } = await sql<{ currency: string }>`
    select distinct currency from connection`.execute(db);
  // the usual case, without a look at the calls
  if (known.length === 1) return known.map((row) => row.currency);
  const matches = all([sql<boolean>`not c.is_test`, ...facts, ...findings]);
  const { rows } = await sql<{ currency: string }>`
    select cn.currency from (select currency, array_agg(id) as ids from connection group by currency) cn
    where exists (select from call c where c.connection_id = any(cn.ids) and ${matches})
    order by cn.currency`.execute(db);
  return rows.map((row) => row.currency);
}
