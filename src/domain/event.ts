import type { CallField, CallFields } from './call-fields.ts';

/**
 * What an event reports, inferred from which fields are filled (the contract has no event type). The order
 * is precedence: a fact from a later kind is never overwritten by an event of an earlier kind.
 */
export const eventKinds = ['incoming', 'connected', 'completed', 'recording', 'disposition'] as const;
export type EventKind = (typeof eventKinds)[number];

/** A field that could not be read, or was read with doubt. The event is accepted all the same. */
export type Warning = {
  /** The contract's field name, or the sender's own key when it matches none. */
  field: CallField | (string & {});
  /** Closed list in src/normalize; documented in docs/webhook.md. */
  code: string;
  /** A sentence for the integrating engineer: what was found, what became of it. */
  message: string;
};

/** One event, read. */
export type NormalizedEvent = {
  callInstanceId: string | null;
  kind: EventKind;
  fields: CallFields;
  /** Fields outside the contract, kept under the sender's names. */
  extra: Record<string, unknown>;
  warnings: Warning[];
};
