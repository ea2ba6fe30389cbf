import type { Connection } from '../domain/connection.ts';
import { kindRank, type NormalizedEvent, type Warning } from '../domain/event.ts';
import { newId } from '../lib/ids.ts';
import { envelopeFault, type ItemAnswer, notStorable, type Receipt, unauthorized } from './answer.ts';
import type { ArrivalClock } from './arrival-clock.ts';
import { findCredentials, redactKey, scanForKey, withoutKey } from './credentials.ts';
import type { EventRow, StoredEvent } from './event-store.ts';
import { fingerprintBytes, fingerprintData } from './fingerprint.ts';
import { parseRequest } from './parse-request.ts';
import { storableFields, storableJson } from './storable-json.ts';
import type { Unreadable } from './unreadable.ts';

/** A request to the webhook, read to its end. */
export type WebhookRequest = {
  method: string;
  contentType: string;
  query: string;
  body: Buffer;
  /** Why the bytes cannot be read, where that was found before parsing (a false Content-Encoding). */
  fault: Unreadable | null;
  /** From `Authorization`, `X-Api-Key` or the like. */
  headerKey: string | null;
  /** From `X-Connection-Id` or the like. */
  headerConnectionId: string | null;
  /** From `/v1/events/{connection_id}`. */
  pathConnectionId: string | null;
};

export type ReceiveDeps = {
  findConnection: (apiKey: string) => Promise<Connection | null>;
  countRefused: (connectionId: string) => void;
  normalize: (data: Record<string, unknown>, connection: Connection, receivedAt: Date) => NormalizedEvent;
  now: ArrivalClock;
  /** Resolves when the row is durable and its call merged. */
  store: (row: EventRow) => Promise<StoredEvent>;
};

/** Authenticate → read → normalise → make durable. One answer per event that the request carries. */
export async function receiveEvent(request: WebhookRequest, deps: ReceiveDeps): Promise<ItemAnswer[]> {
  if (request.fault) return [await keepUnreadable(request, request.fault, deps)];
  const parsed = parseRequest(request);
  if ('unreadable' in parsed) return [await keepUnreadable(request, parsed.unreadable, deps)];
  return Promise.all(
    parsed.items.map((item) =>
      'fault' in item
        ? keepItem(request, item, deps)
        : receiveItem(
            { ...request, isBatch: parsed.isBatch },
            item.data,
            [...parsed.warnings, ...item.warnings],
            deps,
          ),
    ),
  );
}

async function receiveItem(
  request: WebhookRequest & { isBatch: boolean },
  data: Record<string, unknown>,
  warnings: Warning[],
  deps: ReceiveDeps,
): Promise<ItemAnswer> {
  const found = findCredentials(data);
  const apiKey = request.headerKey ?? found.apiKey;
  const connectionId = request.pathConnectionId ?? request.headerConnectionId ?? found.connectionId;
  const connection = await authenticate(apiKey, connectionId, deps);
  if (!connection || !apiKey || contradicts(request.headerKey, found.apiKey))
    return { refusal: unauthorized };
  if (contradicts(request.headerConnectionId, connectionId) || contradicts(found.connectionId, connectionId))
    return { refusal: unauthorized };

  const arrival = deps.now();
  const event = deps.normalize(data, connection, new Date(arrival / 1000));
  const misplaced = envelopeFault(connectionId, event, data);
  const usable = connection.state === 'paused' ? 'skipped' : 'accepted';
  const status = misplaced ? 'quarantined' : usable;
  const row: EventRow = {
    ...requestColumns(request, apiKey),
    // an item of an array is kept by itself, or each would carry all the others along
    ...(request.isBatch && {
      body: Buffer.from(JSON.stringify(withoutKey(data, [apiKey]))),
      contentType: 'application/json',
    }),
    id: newId('evt'),
    newCallId: newId('call'),
    connectionId: connection.id,
    callInstanceId: event.callInstanceId && redactKey(event.callInstanceId, [apiKey]),
    fingerprint: fingerprintData(connection.id, data, status),
    arrival,
    status,
    kind: event.kind,
    rank: kindRank(event.kind),
    isTest: isTest(event),
    // a key may have been pasted into any field
    fields: redactKey(storableFields(event.fields), [apiKey]),
    extra: redactKey(storableJson(event.extra), [apiKey]),
    warnings: redactKey(storableJson([...warnings, ...event.warnings]), [apiKey]),
    mappingVersion: connection.mapping?.version ?? null,
  };
  const stored = await deps.store(row);
  const fault = misplaced ?? (stored.unstorable ? notStorable : null);
  if (fault) row.status = 'quarantined';
  const receipt = toReceipt(row, stored);
  return fault ? { refusal: { ...fault, receipt } } : { receipt };
}

/** One of several events that cannot be read: kept by itself, so that it is seen and answered apart from the others. */
function keepItem(
  request: WebhookRequest,
  { fault, text }: { fault: Unreadable; text: string },
  deps: ReceiveDeps,
): Promise<ItemAnswer> {
  // the key may stand in the other events only
  const headerKey = request.headerKey ?? scanForKey(text) ?? scanForKey(request.body);
  return keepUnreadable(
    { ...request, headerKey, body: Buffer.from(text), contentType: 'application/json' },
    fault,
    deps,
  );
}

/** Bytes that cannot be read are kept too, once some key in them or around them authenticates. */
async function keepUnreadable(
  request: WebhookRequest,
  unreadable: Unreadable,
  deps: ReceiveDeps,
): Promise<ItemAnswer> {
  const fromQuery = findCredentials(Object.fromEntries(new URLSearchParams(request.query)));
  const apiKey = request.headerKey ?? fromQuery.apiKey ?? scanForKey(request.body);
  const connectionId = request.pathConnectionId ?? request.headerConnectionId ?? fromQuery.connectionId;
  const connection = await authenticate(apiKey, connectionId, deps);
  if (!connection || !apiKey) return { refusal: unauthorized };
  const row: EventRow = {
    ...requestColumns(request, apiKey),
    id: newId('evt'),
    newCallId: newId('call'),
    connectionId: connection.id,
    callInstanceId: null,
    fingerprint: fingerprintBytes(connection.id, request.body, request.query),
    arrival: deps.now(),
    status: 'quarantined',
    kind: null,
    rank: 0,
    isTest: false,
    fields: '{}',
    extra: '{}',
    warnings: storableJson([{ field: '', code: unreadable.code, message: unreadable.detail }]),
    mappingVersion: null,
  };
  const receipt = toReceipt(row, await deps.store(row));
  return { refusal: { ...unreadable, receipt } };
}

async function authenticate(apiKey: string | null, connectionId: string | null, deps: ReceiveDeps) {
  const connection = apiKey ? await deps.findConnection(apiKey) : null;
  // a key opens its own connection only, whatever id comes with it
  if (connection && (connectionId === null || connectionId === connection.id)) return connection;
  if (connectionId) deps.countRefused(connectionId);
  return null;
}

function contradicts(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function requestColumns(request: WebhookRequest, apiKey: string) {
  return {
    method: request.method,
    query: redactKey(request.query, [apiKey]),
    contentType: request.contentType.slice(0, 200),
    body: redactKey(request.body, [apiKey]),
  };
}

/** Marked by Aria's own test button (`aria_test`), or by a sender who adds the field. */
export function isTest(event: NormalizedEvent): boolean {
  return event.extra.aria_test === true || event.extra.aria_test === 'true';
}

function toReceipt(row: EventRow, stored: StoredEvent): Receipt {
  return {
    id: stored.eventId,
    call_id: stored.callId,
    status: stored.duplicate ? 'duplicate' : row.status,
    is_test: row.isTest,
    warnings: row.warnings === '[]' ? [] : JSON.parse(row.warnings),
  };
}
