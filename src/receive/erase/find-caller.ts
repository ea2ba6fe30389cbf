import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Everything that leads to one caller. */
export type FoundCaller = {
  calls: { id: string; call_at: Date; connection_name: string; buyer_name: string | null }[];
  /** Ids of events that name him, those of his calls included. */
  eventIds: string[];
};

/** So many events are looked at in one statement: none takes long, however long the log is. */
const eventsAtOnce = 20_000;
const quarantinedAtOnce = 1_000;

/**
 * Finds a caller by his number: calls of his, events that name him in the field of the caller though their call
 * now names another, and requests in quarantine whose bytes hold the number in any spelling. Reads the whole log of
 * events, which takes a while where it is long.
 * @param caller E.164
 */
export async function findCaller(db: Database, caller: string): Promise<FoundCaller> {
  const { rows: calls } = await sql<FoundCaller['calls'][number]>`
    select c.id, c.call_at, cn.name as connection_name, c.buyer_name
    from call c join connection cn on cn.id = c.connection_id
    where c.caller_id = ${caller} and c.erasure_id is null order by c.call_at desc, c.id`.execute(db);
  const { rows: events } = await sql<{ id: string }>`
    select e.id from event e join call c using (connection_id, call_instance_id)
    where c.id = any(${calls.map(({ id }) => id)}) and e.erased_at is null`.execute(db);
  const ids = new Set(events.map(({ id }) => id));
  const { rows: connections } = await sql<{ id: string }>`select id from connection`.execute(db);
  for (const { id } of connections) {
    for (const found of await findNaming(db, id, caller)) ids.add(found);
    for (const found of await findQuarantined(db, id, caller)) ids.add(found);
  }
  return { calls, eventIds: [...ids] };
}

/** Events whose field of the caller names him, in the order of their arrival, as the index has them. */
async function findNaming(db: Database, connectionId: string, caller: string): Promise<string[]> {
  const found: string[] = [];
  let from = 0;
  for (;;) {
    const { rows } = await sql<{ looked: number; last: number | null; ids: string[] | null }>`
      with looked as (
        select id, arrival, fields ->> 'caller_id' as caller_id from event
        where connection_id = ${connectionId} and arrival >= ${from} order by arrival limit ${eventsAtOnce}
      )
      select count(*)::int as looked, max(arrival) as last, array_agg(id) filter (where caller_id = ${caller}) as ids
      from looked`.execute(db);
    const { looked, last, ids } = rows[0]!;
    found.push(...(ids ?? []));
    if (looked < eventsAtOnce) return found;
    // several may share the last arrival: it is looked at again
    from = Math.max(Number(last), from + 1);
  }
}

/** Requests that could not be placed or read have no fields to ask; their bytes are looked at. */
async function findQuarantined(db: Database, connectionId: string, caller: string): Promise<string[]> {
  const found: string[] = [];
  let from = 0;
  for (;;) {
    const { rows } = await sql<{ id: string; arrival: number; query: string; body: Buffer; erased: boolean }>`
      select id, arrival, query, body, erased_at is not null as erased from event
      where connection_id = ${connectionId} and status = 'quarantined' and arrival >= ${from}
      order by arrival limit ${quarantinedAtOnce}`.execute(db);
    for (const { id, query, body, erased } of rows) {
      if (erased) continue;
      if (holdsNumber(`${query}\n${body.toString('latin1')}`, caller)) found.push(id);
    }
    if (rows.length < quarantinedAtOnce) return found;
    from = Math.max(Number(rows.at(-1)!.arrival), from + 1);
  }
}

/** Whether the text holds the number, with or without its country code, however it is grouped or URL-encoded. */
export function holdsNumber(text: string, caller: string): boolean {
  const digits = caller.replace(/\D/g, '');
  // a North American number is usually written without its 1
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  const between = '(?:%20|%28|%29|[\\s().+\\-\\u00a0])*';
  return new RegExp(`(?<!\\d)(?:1${between})?${[...national].join(between)}(?!\\d)`).test(
    text.replaceAll('\0', ''),
  );
}
