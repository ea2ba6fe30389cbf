import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { listEvents } from '../contract/events.ts';
import { storableText } from './invalid-query.ts';
import { readPeriod } from './period.ts';

export type EventFilters = Partial<Omit<z.infer<(typeof listEvents)['query']>, 'limit' | 'cursor'>>;

/**
 * Conditions on `event e`, without that on its connection. Where a partial index helps, its condition stands as a
 * literal, so that it is seen to fit.
 * @throws InvalidQuery
 */
export function eventConditions(filters: EventFilters): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (filters.call_id) {
    conditions.push(sql`(e.connection_id, e.call_instance_id) =
      (select connection_id, call_instance_id from call where id = ${storableText('call_id', filters.call_id)})`);
  }
  if (filters.call_instance_id) {
    conditions.push(sql`e.call_instance_id = ${storableText('call_instance_id', filters.call_instance_id)}`);
  }
  if (filters.status) conditions.push(sql`e.status = ${sql.lit(filters.status)}`);
  if (filters.kind) conditions.push(sql`e.kind = ${filters.kind}`);
  if (filters.warnings) {
    conditions.push(filters.warnings === 'any' ? sql`e.warnings <> '[]'` : sql`e.warnings = '[]'`);
  }
  if (filters.test) conditions.push(filters.test === 'only' ? sql`e.is_test` : sql`not e.is_test`);
  const { start, end } = readPeriod(filters);
  // by arrival, which the index has; it is the time of receipt in microseconds
  if (start) conditions.push(sql`e.arrival >= ${micros(start)}::bigint`);
  if (end) conditions.push(sql`e.arrival < ${micros(end)}::bigint`);
  return conditions;
}

function micros({ epochNanoseconds }: { epochNanoseconds: bigint }): string {
  return String(epochNanoseconds / 1_000n);
}
