import { sql } from 'kysely';
import type { EventBody } from '../contract/events.ts';
import type { Database } from '../db/database.ts';

/** An event as a line of a log shows it. `arrival` is in microseconds since 1970. */
export type NewEvent = Pick<
  EventBody,
  'id' | 'connection_id' | 'call_instance_id' | 'status' | 'kind' | 'is_test' | 'method' | 'warnings'
> & { connection_name: string; arrival: number };

/** One look takes at most so many of each connection; the next look has the rest. */
const batch = 500;
/** Batches may commit in another order than their events arrived; this far back a look is taken again. */
const lookbackMicros = 10_000_000;

/**
 * The events that arrive from now on, each once, in the order in which they are found.
 * @param look resolves when it is time to look again, false to end
 */
export async function* followEvents(
  db: Database,
  connectionId: string | null,
  look: () => Promise<boolean>,
): AsyncGenerator<NewEvent[]> {
  const { rows: start } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1e6)::bigint as now`.execute(db);
  const began = start[0]!.now;
  let reached = began;
  let seen = new Map<string, number>();
  do {
    const from = Math.max(began, reached - lookbackMicros);
    const events = await readSince(db, connectionId, from, [...seen.keys()]);
    for (const event of events) {
      seen.set(event.id, event.arrival);
      reached = Math.max(reached, event.arrival);
    }
    seen = new Map([...seen].filter(([, arrival]) => arrival >= reached - lookbackMicros));
    if (events.length > 0) yield events;
  } while (await look());
}

async function readSince(
  db: Database,
  connectionId: string | null,
  from: number,
  seen: string[],
): Promise<NewEvent[]> {
  const { rows } = await sql<NewEvent>`
    select v.*, cn.name as connection_name
    from connection cn cross join lateral (
      select e.id, e.connection_id, e.call_instance_id, e.status, e.kind, e.is_test, e.method, e.warnings, e.arrival
      from event e where e.connection_id = cn.id and e.arrival >= ${from}::bigint and e.id <> all(${seen}::text[])
      order by e.arrival limit ${batch}
    ) v
    where ${connectionId}::text is null or cn.id = ${connectionId}
    order by v.arrival`.execute(db);
  return rows;
}
