import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Warning } from '../domain/event.ts';
import { idVariants } from './id-variants.ts';

/** An event is stored this long after it arrived, or its sender was told 503. */
const settledMs = 30_000;
const eventsAtOnce = 1_000;
const pollMs = 5_000;
/** A call that comes again with a date further off than this is most likely another one. */
const reuseDays = 7;

type Seen = { id: string; arrival: number; connection_id: string; call_instance_id: string | null };

/**
 * Warnings that take a look at other calls: too much for the way of an event to disk, so they are found a little
 * later and added to the event. `similar_id`: another call's id differs by case or braces only. `reused_id`: the call
 * had come before with a date more than a week off.
 */
export function startSecondLook(deps: { db: Database; onError: (error: unknown) => void }): {
  stop: () => Promise<void>;
} {
  let round: Promise<void> | null = null;
  let stopped = false;
  const look = async () => {
    while (!stopped && (await lookAgain(deps.db, settledMs)));
  };
  const timer = setInterval(() => {
    round ??= look()
      .catch(deps.onError)
      .finally(() => {
        round = null;
      });
  }, pollMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}

/**
 * Looks at the next events that arrived at least so many milliseconds ago. Of several processes one looks at a time.
 * @returns whether there may be more
 */
export async function lookAgain(db: Database, agoMs: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows: places } = await sql<{ place: number; until: number }>`
      select place, (extract(epoch from clock_timestamp()) * 1e6)::bigint - ${agoMs * 1000} as until
      from second_look for update skip locked`.execute(tx);
    const [{ place, until } = { place: 0, until: -1 }] = places;
    if (until <= place) return false;
    const { rows: events } = await sql<Seen>`
      select e.id, e.arrival, e.connection_id, e.call_instance_id
      from connection c cross join lateral (
        select * from event
        where connection_id = c.id and arrival > ${place} and arrival <= ${until} order by arrival limit ${eventsAtOnce}
      ) e order by e.arrival limit ${eventsAtOnce}`.execute(tx);
    const ids = events.map(({ id }) => id);
    await addWarnings(tx, [...(await findSimilar(tx, events)), ...(await findReused(tx, ids))]);
    const isFull = events.length === eventsAtOnce;
    await sql`update second_look set place = ${isFull ? events.at(-1)!.arrival : until}`.execute(tx);
    return isFull;
  });
}

type Finding = { id: string; warning: Warning };

/** Events that name a call whose id another, older call of the connection has in another spelling. */
async function findSimilar(tx: Database, events: Seen[]): Promise<Finding[]> {
  const pairs = events.flatMap(({ id, connection_id, call_instance_id }) =>
    call_instance_id === null
      ? []
      : idVariants(call_instance_id).map((variant) => ({ id, connection_id, variant })),
  );
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ id: string; other: string; call_id: string }>`
    select distinct on (e.id) e.id, o.call_instance_id as other, o.id as call_id
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as k(id text, connection_id text, variant text)
    join call o on o.connection_id = k.connection_id and o.call_instance_id = k.variant
    join event e on e.id = k.id and e.status = 'accepted'
    join call c on c.connection_id = e.connection_id and c.call_instance_id = e.call_instance_id
    where (o.first_event_at, o.id) < (c.first_event_at, c.id) order by e.id, o.first_event_at`.execute(tx);
  return rows.map(({ id, other, call_id }) => ({
    id,
    warning: {
      field: 'call_instance_id',
      code: 'similar_id',
      message: `The call ${call_id} has nearly the same id: ${other}. Case and braces count, so these are two calls.`,
    },
  }));
}

/** Events whose call had an earlier event with a date far off. */
async function findReused(tx: Database, ids: string[]): Promise<Finding[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; date: string }>`
    select e.id, o.date
    from event e
    join call c on c.connection_id = e.connection_id and c.call_instance_id = e.call_instance_id and c.event_count > 1
    cross join lateral (
      select f.fields ->> 'call_date' as date from event f
      where f.connection_id = e.connection_id and f.call_instance_id = e.call_instance_id and f.status = 'accepted'
        and not f.is_test and f.arrival < e.arrival
        and abs(extract(epoch from (f.fields ->> 'call_date')::timestamptz - (e.fields ->> 'call_date')::timestamptz))
          > ${reuseDays * 86_400}
      order by f.arrival desc limit 1) o
    where e.id = any(${ids}) and e.status = 'accepted' and not e.is_test`.execute(tx);
  return rows.map(({ id, date }) => ({
    id,
    warning: {
      field: 'call_instance_id',
      code: 'reused_id',
      message: `This call came before with the date ${date}. Both are kept as one call, and the later values hold: is the id used again?`,
    },
  }));
}

/** Adds what an event does not say yet. */
async function addWarnings(tx: Database, findings: Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await sql`select from event where id = any(${findings.map(({ id }) => id)})
    order by connection_id, call_instance_id, fingerprint for update`.execute(tx);
  for (const { id, warning } of findings) {
    await sql`
      update event set warnings = warnings || ${JSON.stringify([warning])}::jsonb
      where id = ${id} and not warnings @> ${JSON.stringify([{ code: warning.code }])}::jsonb`.execute(tx);
  }
}
