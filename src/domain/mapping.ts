import type { CallField } from './call-fields.ts';

/** How `03/04/2025` is read. */
export const dateOrders = ['month-first', 'day-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What separates the fraction in `1,234` and `1.234`, which can be read in two ways; `country`: as people write there. */
export const decimalMarks = ['country', 'point', 'comma'] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** Stands before the name of a field outside the contract, wherever fields of both sorts are named. */
export const extraPrefix = 'extra.';

/**
 * What one connection reads otherwise than its platform's preset. Written at the API, stored and used in this one
 * shape, so its keys are those of the wire.
 */
export type Mapping = {
  /** sender's name → contract field, `call_instance_id`, `event`, or `extra.<name>` */
  aliases: Record<string, string>;
  /** Text for fields that the sender leaves out. */
  constants: Partial<Record<CallField, string>>;
  date_order: DateOrder;
  decimal_mark: DecimalMark;
  /** Further words that say "no value", in any case. */
  placeholders: string[];
};

/** A mapping in force. Versions of a connection count from 1. */
export type MappingVersion = { version: number; map: Mapping };

/** The name of a field outside the contract, or null for any other field. */
export function extraName(field: string): string | null {
  return field.startsWith(extraPrefix) ? field.slice(extraPrefix.length) : null;
}
