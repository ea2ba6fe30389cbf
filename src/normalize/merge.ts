import { type CallField, type CallFields, callFields } from '../domain/call-fields.ts';
import { type EventKind, kindRank } from '../domain/event.ts';

/** An event as it takes part in its call. `arrival` orders events; no two of a call share one. */
export type MergedEvent = {
  id: string;
  kind: EventKind;
  arrival: number;
  fields: CallFields;
  extra: Record<string, unknown>;
};

/** What the events say together, and which of them (by id) gave each field its value. */
export type MergeResult = {
  fields: CallFields;
  extra: Record<string, unknown>;
  sources: Partial<Record<CallField, string>>;
};

function earlierFirst(a: MergedEvent, b: MergedEvent): number {
  const byPlace = kindRank(a.kind) - kindRank(b.kind) || a.arrival - b.arrival;
  return byPlace || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Folds the events of one call, in the order of kind rank and arrival: each known value replaces the one before,
 * a blank replaces nothing. The result does not depend on the order of the input, nor on events given twice.
 */
export function mergeEvents(events: readonly MergedEvent[]): MergeResult {
  const fields: Record<string, string | boolean> = {};
  const extra: Record<string, unknown> = {};
  const sources: Partial<Record<CallField, string>> = {};
  for (const event of [...events].sort(earlierFirst)) {
    for (const field of callFields) {
      const value = event.fields[field];
      if (value === undefined || value === null || value === '') continue;
      fields[field] = value;
      sources[field] = event.id;
    }
    for (const name of Object.keys(event.extra)) {
      const value = event.extra[name];
      if (value !== undefined && value !== null && value !== '') extra[name] = value;
    }
  }
  return { fields: fields as CallFields, extra, sources };
}
