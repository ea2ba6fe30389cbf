import type { Connection } from '../domain/connection.ts';
import type { ReadingSettings } from './reading.ts';

/** How a connection reads values, from its settings and its mapping. */
export function readingSettings({
  timeZone,
  defaultCountry,
  currency,
  mapping,
}: Pick<Connection, 'timeZone' | 'defaultCountry' | 'currency' | 'mapping'>): ReadingSettings {
  if (!mapping) return { timeZone, defaultCountry, currency };
  const { date_order, decimal_mark, placeholders } = mapping.map;
  return {
    timeZone,
    defaultCountry,
    currency,
    dateOrder: date_order,
    ...(decimal_mark !== 'country' && { decimalMark: decimal_mark }),
    ...(placeholders.length > 0 && { placeholders: new Set(placeholders.map((word) => word.toLowerCase())) }),
  };
}
