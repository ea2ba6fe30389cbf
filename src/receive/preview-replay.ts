import { sql } from 'kysely';
import type { ReplayResultBody } from '../contract/mapping.ts';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import { extraPrefix } from '../domain/mapping.ts';
import type { MergeInput } from './fold-calls.ts';
import {
  isInRange,
  isReadTheSame,
  type ReadAgain,
  type ReplayFilter,
  readAgain,
  readBatches,
  type StoredEvent,
  storedColumns,
} from './read-again.ts';
import type { ReplayDeps } from './replay.ts';

export type ReplayPreview = Omit<ReplayResultBody, 'dry_run'>;
type CallChange = ReplayPreview['changes'][number];

/** Which call an event belongs to, as text; null: to none. */
type CallKey = string;

/** What the first look at the range found: which calls a replay rebuilds, and which events join them. */
type Survey = {
  summary: Pick<ReplayPreview, 'events' | 'changed' | 'recovered'>;
  touched: Set<CallKey>;
  /** Events that belong to the call only once they are read again. */
  joining: Map<CallKey, string[]>;
};

const maxShown = 200;
const chunkSize = 200;

/**
 * What replayEvents would change, call by call. Nothing is written and no lock is taken, so that events go on
 * arriving meanwhile; what arrives or is replayed in between may differ.
 */
export async function previewReplay(
  connections: Map<string, Connection>,
  filter: ReplayFilter,
  deps: ReplayDeps,
): Promise<ReplayPreview> {
  const read = (stored: StoredEvent) =>
    readAgain(stored, connections.get(stored.connection_id), deps.normalize);
  const { summary, touched, joining } = await survey(deps.db, filter, read);
  const preview: ReplayPreview = {
    ...summary,
    calls: touched.size,
    fields: {},
    changes: [],
    changed_calls: 0,
  };
  const keys = [...touched];
  for (let at = 0; at < keys.length; at += chunkSize) {
    const chunk = keys.slice(at, at + chunkSize);
    const events = await readCallEvents(deps.db, chunk, joining, filter);
    const callIds = await readCallIds(deps.db, chunk);
    for (const change of compareCalls(chunk, events, callIds, read, deps)) {
      preview.changed_calls++;
      if (preview.changes.length < maxShown) preview.changes.push(change);
      for (const { field } of change.fields) preview.fields[field] = (preview.fields[field] ?? 0) + 1;
    }
  }
  return preview;
}

function callKey(connectionId: string, callInstanceId: string): CallKey {
  return JSON.stringify([connectionId, callInstanceId]);
}

function keyBefore(stored: StoredEvent): CallKey | null {
  if (stored.status !== 'accepted' || stored.call_instance_id === null) return null;
  return callKey(stored.connection_id, stored.call_instance_id);
}

function keyAfter(stored: StoredEvent, { event, status }: ReadAgain): CallKey | null {
  if (status !== 'accepted' || event.callInstanceId === null) return null;
  return callKey(stored.connection_id, event.callInstanceId);
}

type Read = (stored: StoredEvent) => ReadAgain | null;

async function survey(db: Database, filter: ReplayFilter, read: Read): Promise<Survey> {
  const summary = { events: 0, changed: 0, recovered: 0 };
  const touched = new Set<CallKey>();
  const joining: Survey['joining'] = new Map();
  for await (const batch of readBatches(db, filter)) {
    summary.events += batch.length;
    for (const stored of batch) {
      const again = read(stored);
      if (!again || isReadTheSame(stored, again)) continue;
      summary.changed++;
      if (stored.status !== 'accepted' && again.status === 'accepted') summary.recovered++;
      const [before, after] = [keyBefore(stored), keyAfter(stored, again)];
      if (before) touched.add(before);
      if (!after) continue;
      touched.add(after);
      if (after !== before) joining.set(after, [...(joining.get(after) ?? []), stored.id]);
    }
  }
  return { summary, touched, joining };
}

type RangedEvent = StoredEvent & { in_range: boolean };

/** The events of calls, and those that will join them. */
async function readCallEvents(
  db: Database,
  keys: CallKey[],
  joining: Survey['joining'],
  filter: ReplayFilter,
): Promise<RangedEvent[]> {
  const ids = keys.flatMap((key) => joining.get(key) ?? []);
  const calls = JSON.stringify(keys.map((key) => JSON.parse(key)));
  const columns = sql`${storedColumns}, (${isInRange(filter)}) as in_range`;
  // two questions, each with its index: joined by `or` they would read the whole table
  const { rows } = await sql<RangedEvent>`
    select ${columns} from event e where e.id = any(${ids})
    union all
    select ${columns} from jsonb_array_elements(${calls}::jsonb) k
    join event e on e.connection_id = k ->> 0 and e.call_instance_id = k ->> 1
    where e.status = 'accepted' and e.id <> all(${ids})`.execute(db);
  return rows;
}

async function readCallIds(db: Database, keys: CallKey[]): Promise<Map<CallKey, string>> {
  const calls = JSON.stringify(keys.map((key) => JSON.parse(key)));
  const { rows } = await sql<{ id: string; connection_id: string; call_instance_id: string }>`
    select c.id, c.connection_id, c.call_instance_id from call c
    where (c.connection_id, c.call_instance_id) in (
      select k ->> 0, k ->> 1 from jsonb_array_elements(${calls}::jsonb) k)`.execute(db);
  return new Map(rows.map((row) => [callKey(row.connection_id, row.call_instance_id), row.id]));
}

function compareCalls(
  keys: CallKey[],
  events: RangedEvent[],
  callIds: Map<CallKey, string>,
  read: Read,
  { merge }: Pick<ReplayDeps, 'merge'>,
): CallChange[] {
  const before = new Map<CallKey, MergeInput[]>(keys.map((key) => [key, []]));
  const after = new Map<CallKey, MergeInput[]>(keys.map((key) => [key, []]));
  for (const stored of events) {
    const { id, arrival, kind, fields, extra } = stored;
    const old = keyBefore(stored);
    if (old && kind) before.get(old)?.push({ id, arrival, kind, fields, extra });
    const again = stored.in_range ? read(stored) : null;
    const now = again ? keyAfter(stored, again) : old;
    const asRead = again?.event ?? { kind, fields, extra };
    if (now && asRead.kind) {
      const { kind, fields, extra } = { ...asRead, kind: asRead.kind };
      after.get(now)?.push({ id, arrival, kind, fields, extra });
    }
  }
  return keys.flatMap((key) => {
    const [old, now] = [before.get(key) ?? [], after.get(key) ?? []];
    const fields = compareValues(valuesOf(old, merge), valuesOf(now, merge));
    const change = old.length === 0 ? 'made' : now.length === 0 ? 'removed' : 'changed';
    if (fields.length === 0 && change === 'changed') return [];
    const [, callInstanceId] = JSON.parse(key) as [string, string];
    return [{ call_id: callIds.get(key) ?? null, call_instance_id: callInstanceId, change, fields }];
  });
}

type Values = Record<string, CallChange['fields'][number]['before']>;

/** What events say together, in the shape in which they are stored. */
function valuesOf(events: MergeInput[], merge: ReplayDeps['merge']): Values {
  const { fields, extra } = merge(events);
  const own = Object.entries(extra).map(([name, value]) => [extraPrefix + name, value]);
  return JSON.parse(JSON.stringify({ ...fields, ...Object.fromEntries(own) }));
}

function compareValues(before: Values, after: Values): CallChange['fields'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field) => {
    const change = { field, before: before[field] ?? null, after: after[field] ?? null };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}
