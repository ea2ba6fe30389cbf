import type { NormalizedEvent } from '../domain/event.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';
import type { ReadingSettings } from './reading.ts';

const mapping = compileMapping(loadPreset('generic'));

/** The settings of the tests' connection. */
export const newYork = { timeZone: 'America/New_York', defaultCountry: 'US' };

/** When the tests' events arrive: 14:10 in New York. */
export const received = new Date('2025-07-07T18:10:00Z');

/** What a generic connection makes of the data. */
export function read(
  data: Record<string, unknown>,
  settings: ReadingSettings = newYork,
  receivedAt = received,
): NormalizedEvent {
  return normalizeEvent(data, mapping, settings, receivedAt);
}

/** Value and warning codes of one field sent alone. */
export function field(name: string, value: unknown, settings?: ReadingSettings, receivedAt?: Date) {
  const event = read({ [name]: value }, settings, receivedAt);
  return [event.fields[name as keyof typeof event.fields], ...event.warnings.map((w) => w.code)];
}
