import type { Connection, Platform } from '../domain/connection.ts';
import type { NormalizedEvent } from '../domain/event.ts';
import { type ExplainedEvent, explainEvent } from '../normalize/explain-event.ts';
import { compileMapping, type FieldMapping } from '../normalize/field-mapping.ts';
import { normalizeEvent } from '../normalize/normalize-event.ts';
import { loadPreset } from '../normalize/presets.ts';
import type { ReadingSettings } from '../normalize/reading.ts';
import { readingSettings } from '../normalize/reading-settings.ts';

type Read<Result> = (data: Record<string, unknown>, connection: Connection, receivedAt: Date) => Result;

/** What reading an event of a connection takes. */
type Compiled = { mapping: FieldMapping; settings: ReadingSettings };

/**
 * Compiles a connection's names once: for the preset alone once per platform, else once per object, since the
 * directory makes a new one whenever settings or mapping change.
 */
function createCompile(): (connection: Connection) => Compiled {
  const presets = new Map<Platform, FieldMapping>();
  const compiled = new WeakMap<Connection, Compiled>();
  function presetOf(platform: Platform): FieldMapping {
    let mapping = presets.get(platform);
    if (!mapping) {
      mapping = compileMapping(loadPreset(platform));
      presets.set(platform, mapping);
    }
    return mapping;
  }
  return (connection) => {
    let known = compiled.get(connection);
    if (!known) {
      const own = connection.mapping?.map;
      const mapping = own
        ? compileMapping(loadPreset(connection.platform), own.aliases, own.constants)
        : presetOf(connection.platform);
      known = { mapping, settings: readingSettings(connection) };
      compiled.set(connection, known);
    }
    return known;
  };
}

/** Normalises by the platform's preset and the connection's own mapping. */
export function createNormalize(): Read<NormalizedEvent> {
  const compile = createCompile();
  return (data, connection, receivedAt) => {
    const { mapping, settings } = compile(connection);
    return normalizeEvent(data, mapping, settings, receivedAt);
  };
}

/** The same, with how each name was read: for people who look, not for the webhook. */
export function createExplain(): Read<ExplainedEvent> {
  const compile = createCompile();
  return (data, connection, receivedAt) => {
    const { mapping, settings } = compile(connection);
    return explainEvent(data, mapping, settings, receivedAt);
  };
}
