import { sql } from 'kysely';
import type { CallChangeBody } from '../../contract/replays.ts';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import { countedEvents } from '../../domain/event.ts';
import { extraPrefix } from '../../domain/mapping.ts';
import type { Merge, MergeInput } from '../fold-calls.ts';
import { storableJson } from '../storable-json.ts';
import { keyAfter, keyBefore, keyText, type TouchedCall } from './call-key.ts';
import { isReceivedIn, type Normalize, readAgain, type StoredEvent, storedColumns } from './read-again.ts';

export type CompareDeps = {
  connections: Map<string, Connection>;
  /** Events that are read again; the others of a call count as they stand. */
  range: { from: Date | null; to: Date | null; lastArrival: number };
  merge: Merge;
  normalize: Normalize;
};

/**
 * What a replay would change in these calls: each compared as it stands with what it will be. Nothing is written and
 * no lock is taken, so that events go on arriving meanwhile.
 */
export async function compareCalls(
  db: Database,
  calls: TouchedCall[],
  deps: CompareDeps,
): Promise<CallChangeBody[]> {
  const [events, callIds] = await Promise.all([
    readCallEvents(db, calls, deps.range),
    readCallIds(db, calls),
  ]);
  const { before, after } = placeEvents(calls, events, deps);
  return calls.flatMap((call) => {
    const key = keyText(call);
    const [old, now] = [before.get(key)!, after.get(key)!];
    const fields = compareValues(valuesOf(old, deps.merge), valuesOf(now, deps.merge));
    const change = old.length === 0 ? 'made' : now.length === 0 ? 'removed' : 'changed';
    if (fields.length === 0 && (change === 'changed' || old.length === now.length)) return [];
    const { call_instance_id } = call;
    return [{ call_id: callIds.get(key) ?? null, call_instance_id, change, fields }];
  });
}

type RangedEvent = StoredEvent & { in_range: boolean };

/** The events of calls, and those that will join them. */
async function readCallEvents(
  db: Database,
  calls: TouchedCall[],
  range: CompareDeps['range'],
): Promise<RangedEvent[]> {
  const ids = calls.flatMap(({ joining }) => joining);
  const columns = sql`${storedColumns}, (${isReceivedIn(range)} and e.arrival <= ${range.lastArrival}) as in_range`;
  // two questions, each with its index: joined by `or` they would read the whole table
  const { rows } = await sql<RangedEvent>`
    select ${columns} from event e where e.id = any(${ids})
    union all
    select ${columns} from ${keysOf(calls)}
    join event e on e.connection_id = k.connection_id and e.call_instance_id = k.call_instance_id
    where e.status = 'accepted' and e.id <> all(${ids})`.execute(db);
  return rows;
}

async function readCallIds(db: Database, calls: TouchedCall[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; connection_id: string; call_instance_id: string }>`
    select c.id, c.connection_id, c.call_instance_id
    from ${keysOf(calls)} join call c using (connection_id, call_instance_id)`.execute(db);
  return new Map(rows.map((row) => [keyText(row), row.id]));
}

function keysOf(calls: TouchedCall[]) {
  const keys = calls.map(({ connection_id, call_instance_id }) => ({ connection_id, call_instance_id }));
  return sql`jsonb_to_recordset(${storableJson(keys)}::jsonb) as k(connection_id text, call_instance_id text)`;
}

type PlacedEvent = MergeInput & { is_test: boolean };

/** Each event under the call that it belongs to, as stored and as read now. */
function placeEvents(calls: TouchedCall[], events: RangedEvent[], deps: CompareDeps) {
  const before = new Map<string, PlacedEvent[]>(calls.map((call) => [keyText(call), []]));
  const after = new Map<string, PlacedEvent[]>(calls.map((call) => [keyText(call), []]));
  for (const stored of events) {
    const { id, arrival, kind, fields, extra, is_test } = stored;
    const old = keyBefore(stored);
    if (old && kind) before.get(keyText(old))?.push({ id, arrival, kind, fields, extra, is_test });
    const connection = deps.connections.get(stored.connection_id);
    const again = stored.in_range ? readAgain(stored, connection, deps.normalize) : null;
    const now = again ? keyAfter(stored, again) : old;
    const read = again?.event ?? { kind, fields, extra };
    if (now && read.kind) {
      after.get(keyText(now))?.push({
        id,
        arrival,
        is_test,
        kind: read.kind,
        fields: read.fields,
        extra: read.extra,
      });
    }
  }
  return { before, after };
}

type Values = Record<string, CallChangeBody['fields'][number]['before']>;

/** What events say together, in the shape in which they are stored. */
function valuesOf(events: PlacedEvent[], merge: Merge): Values {
  const { fields, extra } = merge(countedEvents(events));
  const own = Object.entries(extra).map(([name, value]) => [extraPrefix + name, value]);
  return JSON.parse(JSON.stringify({ ...fields, ...Object.fromEntries(own) }));
}

function compareValues(before: Values, after: Values): CallChangeBody['fields'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field) => {
    const change = { field, before: before[field] ?? null, after: after[field] ?? null };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}
