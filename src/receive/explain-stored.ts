import { sql } from 'kysely';
import type { PreviewedEventBody, ReadingBody, SenderNameUseBody } from '../contract/mapping.ts';
import type { Database } from '../db/database.ts';
import { callFields } from '../domain/call-fields.ts';
import type { Connection } from '../domain/connection.ts';
import type { NormalizedEvent } from '../domain/event.ts';
import { extraPrefix, type Mapping } from '../domain/mapping.ts';
import { arrivedAt, parseStored, requestColumns, type StoredRequest } from './stored-request.ts';

/** An event as it is read, and how each of its names led there. */
export type Explained = { event: NormalizedEvent; readings: ReadingBody[] };

/** The reading rule (src/normalize/explain-event.ts), handed in because stages do not import each other. */
export type Explain = (data: Record<string, unknown>, connection: Connection, receivedAt: Date) => Explained;

/** The last events of a connection as real senders sent them, newest first: tests are left out. */
export async function readLastRequests(
  db: Database,
  connectionId: string,
  limit: number,
): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`
    select ${requestColumns} from event e where e.connection_id = ${connectionId} and not e.is_test
    order by e.arrival desc, e.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Reads events by the mapping in force and by a proposed one. What cannot be read at all is left out. */
export function previewMapping(
  requests: StoredRequest[],
  connection: Connection,
  proposed: Mapping,
  explain: Explain,
): PreviewedEventBody[] {
  const after: Connection = { ...connection, mapping: { version: 0, map: proposed } };
  return requests.flatMap((stored) => {
    const parsed = parseStored(stored);
    if (!parsed) return [];
    const receivedAt = arrivedAt(stored);
    const [now, then] = [connection, after].map((by) => explain(parsed.data, by, receivedAt));
    return [{ id: stored.id, received_at: receivedAt.toISOString(), ...compare(now!, then!) }];
  });
}

function compare(before: Explained, after: Explained): Omit<PreviewedEventBody, 'id' | 'received_at'> {
  const [old, now] = [valuesOf(before.event), valuesOf(after.event)];
  const names = [
    ...callFields,
    ...[...old.keys(), ...now.keys()].filter((name) => name.startsWith(extraPrefix)),
  ];
  const fields = [...new Set<string>(names)].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: now.get(field) ?? null };
    if (change.before === null && change.after === null) return [];
    return [{ ...change, name_before: giverOf(field, before), name_after: giverOf(field, after) }];
  });
  const call_instance_id = { before: before.event.callInstanceId, after: after.event.callInstanceId };
  const kind = { before: before.event.kind, after: after.event.kind };
  const isOther = (change: { before: unknown; after: unknown }) => change.before !== change.after;
  return {
    call_instance_id,
    kind,
    changed: isOther(call_instance_id) || isOther(kind) || fields.some(isOther),
    fields,
    warnings_before: before.event.warnings,
    warnings_after: after.event.warnings,
  };
}

/** Values by field, those outside the contract under `extra.<name>` and as text. */
function valuesOf({ fields, extra }: NormalizedEvent): Map<string, string | boolean> {
  const own = Object.entries(extra).map(([name, value]) => {
    return [extraPrefix + name, typeof value === 'string' ? value : JSON.stringify(value)] as const;
  });
  return new Map<string, string | boolean>([...Object.entries(fields), ...own]);
}

function giverOf(field: string, { readings }: Explained): string | null {
  return readings.find((reading) => reading.used && reading.field === field)?.name ?? null;
}

/** The names in these events (newest first), where they lead now, and where the preset alone leads them. */
export function summarizeNames(
  requests: StoredRequest[],
  connection: Connection,
  deps: { explain: Explain; isContractName: (name: string) => boolean },
): SenderNameUseBody[] {
  const byPreset: Connection = { ...connection, mapping: null };
  const uses = new Map<string, SenderNameUseBody>();
  for (const stored of requests) {
    const data = parseStored(stored)?.data;
    if (!data) continue;
    const presets = deps.explain(data, byPreset, arrivedAt(stored)).readings;
    const readings = deps.explain(data, connection, arrivedAt(stored)).readings;
    for (const { name, value, field } of readings) {
      // keys and the connection's id lead nowhere and are no example to show
      if (name === null || field === null) continue;
      const use = uses.get(name);
      if (use) {
        use.events++;
        use.example ||= value;
      } else {
        const preset = presets.find((reading) => reading.name === name);
        const fixed = deps.isContractName(name);
        uses.set(name, {
          name,
          example: value,
          events: 1,
          field,
          preset_field: preset?.field ?? null,
          fixed,
        });
      }
    }
  }
  return [...uses.values()];
}
