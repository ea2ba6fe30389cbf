import type { Connection } from '../../domain/connection.ts';
import { kindRank } from '../../domain/event.ts';
import { newId } from '../../lib/ids.ts';
import { envelopeFault } from '../answer.ts';
import { findCredentials, redactKey, withoutKey } from '../credentials.ts';
import { type EventRow, importMethod } from '../event-store.ts';
import { fingerprintData } from '../fingerprint.ts';
import { isTest, type ReceiveDeps } from '../receive-event.ts';
import { storableFields, storableJson } from '../storable-json.ts';
import { type ParsedItem, toItems } from '../to-items.ts';

/** An event of a row, ready to be stored; `fault` says why it will lie in quarantine. */
export type ImportedEvent = { row: EventRow; fault: string | null };

/**
 * The events of one row, by the same reading as if it had been posted, hence with the same fingerprint: what is
 * there already is a duplicate. Usually one; an envelope with a list holds several. `reason`: why the row, or the first
 * of its events at fault, cannot be used.
 */
export function importedEvents(
  data: unknown,
  connection: Connection,
  deps: Pick<ReceiveDeps, 'normalize' | 'now'>,
): { events: ImportedEvent[]; reason: string | null } {
  const events: ImportedEvent[] = [];
  let reason: string | null = null;
  for (const item of toItems(data)) {
    if ('fault' in item) {
      reason ??= item.fault.detail;
      continue;
    }
    const { connectionId } = findCredentials(item.data);
    if (connectionId !== null && connectionId !== connection.id) {
      reason ??= `The row belongs to another connection: ${connectionId.slice(0, 100)}.`;
      continue;
    }
    const event = importedEvent(item, connection, deps);
    reason ??= event.fault;
    events.push(event);
  }
  return { events, reason };
}

function importedEvent(
  { data, warnings }: Exclude<ParsedItem, { text: string }>,
  connection: Connection,
  deps: Pick<ReceiveDeps, 'normalize' | 'now'>,
): ImportedEvent {
  const arrival = deps.now();
  const event = deps.normalize(data, connection, new Date(arrival / 1000));
  const { apiKey } = findCredentials(data);
  const keys = apiKey === null ? [] : [apiKey];
  const fault = envelopeFault(connection.id, event, data)?.detail ?? null;
  const usable = connection.state === 'paused' ? 'skipped' : 'accepted';
  const status = fault ? 'quarantined' : usable;
  const row: EventRow = {
    id: newId('evt'),
    newCallId: newId('call'),
    connectionId: connection.id,
    callInstanceId: event.callInstanceId,
    fingerprint: fingerprintData(connection.id, data, status),
    arrival,
    status,
    kind: event.kind,
    rank: kindRank(event.kind),
    isTest: isTest(event),
    method: importMethod,
    query: '',
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(withoutKey(data, keys))),
    fields: redactKey(storableFields(event.fields), keys),
    extra: redactKey(storableJson(event.extra), keys),
    warnings: redactKey(storableJson([...warnings, ...event.warnings]), keys),
    mappingVersion: connection.mapping?.version ?? null,
  };
  return { row, fault };
}
