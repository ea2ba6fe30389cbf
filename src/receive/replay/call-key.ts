import type { Change, ReadAgain, StoredEvent } from './read-again.ts';

/** A call by what its events carry; whether there is a row of it yet, is another matter. */
export type CallKey = { connection_id: string; call_instance_id: string };

/** The call that the event belongs to as stored, or null. */
export function keyBefore(stored: StoredEvent): CallKey | null {
  if (stored.status !== 'accepted' || stored.call_instance_id === null) return null;
  return { connection_id: stored.connection_id, call_instance_id: stored.call_instance_id };
}

/** The call that the event belongs to as it is read now, or null. */
export function keyAfter(stored: StoredEvent, { event, status }: ReadAgain): CallKey | null {
  if (status !== 'accepted' || event.callInstanceId === null) return null;
  return { connection_id: stored.connection_id, call_instance_id: event.callInstanceId };
}

/** One text per call. */
export function keyText({ connection_id, call_instance_id }: CallKey): string {
  return JSON.stringify([connection_id, call_instance_id]);
}

/** A call that a replay touches, and the events that come to it once they are read again. */
export type TouchedCall = CallKey & { joining: string[] };

/** Every call that loses, gains or keeps one of the events, once each. */
export function touchedCalls(changes: Change[]): TouchedCall[] {
  const touched = new Map<string, TouchedCall>();
  for (const { stored, read } of changes) {
    const [before, after] = [keyBefore(stored), keyAfter(stored, read)];
    for (const key of [before, after]) {
      if (key && !touched.has(keyText(key))) touched.set(keyText(key), { ...key, joining: [] });
    }
    if (after && (!before || keyText(before) !== keyText(after)))
      touched.get(keyText(after))!.joining.push(stored.id);
  }
  return [...touched.values()];
}
