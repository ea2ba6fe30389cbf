import type { CallField, CallFields } from './call-fields.ts';

/** What an event reports: told by the sender, or inferred from which fields are filled (docs/webhook.md). */
export const eventKinds = ['incoming', 'connected', 'completed', 'recording', 'disposition'] as const;
export type EventKind = (typeof eventKinds)[number];

/**
 * Events merge in the order of their arrival, except that what a platform says before a call ends (`incoming`,
 * then `connected`) never overwrites what it says afterwards: such events may arrive late.
 */
export function kindRank(kind: EventKind): number {
  if (kind === 'incoming') return 0;
  return kind === 'connected' ? 1 : 2;
}

/** A field that could not be read, or was read with doubt. The event is accepted all the same. */
export type Warning = {
  /** The contract's field name, or the sender's own key when it matches none. */
  field: CallField | (string & {});
  /** Closed list in src/domain/warning-codes.ts; documented in docs/webhook.md. */
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

/** What makes a call of these events: a test counts only where nothing but tests is there. */
export function countedEvents<T extends { is_test: boolean }>(events: readonly T[]): T[] {
  const real = events.filter((event) => !event.is_test);
  return real.length > 0 ? real : [...events];
}
