import { callFields } from '../domain/call-fields.ts';
import { foldKey } from '../lib/fold-key.ts';

/**
 * Names of what senders wrap around a call's data, in any case and style. What stands under one of them is taken out
 * of it: an object, a list of objects, or either as JSON text. docs/webhook.md lists them; keep the two alike.
 */
export const envelopeNames = [
  'data',
  'payload',
  'body',
  'json',
  'call',
  'calls',
  'event',
  'events',
  'item',
  'items',
  'record',
  'records',
  'notification',
  'notifications',
  'results',
  'report',
] as const;

/** Names under which platforms give a call's id, beside the contract's own; enough to tell a call from its parts. */
const callIdNames = [
  'call_instance_id',
  'call_id',
  'call_uuid',
  'call_sid',
  'uuid',
  'inbound_call_id',
  'complete_call_id',
  'resource_id',
];

const envelopes = new Set<string>(envelopeNames);
const callIds = new Set(callIdNames.map(foldKey));
const fields = new Set(callFields.map((field) => foldKey(field)));

/** Whether a name is that of an envelope. */
export function isEnvelope(name: string): boolean {
  return envelopes.has(foldKey(name));
}

/**
 * Whether a list under an envelope's name belongs to the call around it (its transfers, the lines of its order) and is no
 * list of calls: the object around it gives `call_instance_id` or describes a call, and no item names one.
 */
export function isPartOfCall(
  around: Readonly<Record<string, unknown>>,
  items: readonly Readonly<Record<string, unknown>>[],
): boolean {
  const names = Object.keys(around).map(foldKey);
  if (names.includes('callinstanceid')) return true;
  if (items.some((item) => Object.keys(item).some((name) => callIds.has(foldKey(name))))) return false;
  return names.some((name) => fields.has(name) || callIds.has(name));
}
