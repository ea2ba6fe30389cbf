import type { Connection, Platform } from '../domain/connection.ts';
import type { NormalizedEvent } from '../domain/event.ts';
import { compileMapping, type FieldMapping } from '../normalize/field-mapping.ts';
import { normalizeEvent } from '../normalize/normalize-event.ts';
import { loadPreset } from '../normalize/presets.ts';

/** Normalises with the mapping of the connection's platform, compiled once per platform. */
export function createNormalize(): (
  data: Record<string, unknown>,
  connection: Connection,
  receivedAt: Date,
) => NormalizedEvent {
  const mappings = new Map<Platform, FieldMapping>();
  return (data, connection, receivedAt) => {
    let mapping = mappings.get(connection.platform);
    if (!mapping) {
      mapping = compileMapping(loadPreset(connection.platform));
      mappings.set(connection.platform, mapping);
    }
    return normalizeEvent(data, mapping, connection, receivedAt);
  };
}
