import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Everything that leads to one caller. */
export type FoundCaller = {
  calls: { id: string; call_at: Date; connection_name: string; buyer_name: string | null }[];
  /** Ids of events that name him, those of his calls included. */
  eventIds: string[];
};

const batch = 1_000;

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
    where c.id = any(${calls.map(({ id }) => id)}) and e.erased_at is null
    union
    select e.id from event e where e.fields ->> 'caller_id' = ${caller}`.execute(db);
  const ids = new Set(events.map(({ id }) => id));
  for (const id of await findQuarantined(db, caller)) ids.add(id);
  return { calls, eventIds: [...ids] };
}

/** Requests that could not be placed or read have no fields to ask; their bytes are looked at. */
async function findQuarantined(db: Database, caller: string): Promise<string[]> {
  const found: string[] = [];
  let after = '';
  for (;;) {
    const { rows } = await sql<{ id: string; query: string; body: Buffer }>`
      select id, query, body from event
      where status = 'quarantined' and erased_at is null and id > ${after} order by id limit ${batch}`.execute(
      db,
    );
    for (const { id, query, body } of rows) {
      if (holdsNumber(`${query}\n${body.toString('latin1')}`, caller)) found.push(id);
    }
    if (rows.length < batch) return found;
    after = rows.at(-1)!.id;
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
