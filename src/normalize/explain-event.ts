import type { ReadingBody } from '../contract/mapping.ts';
import type { NormalizedEvent } from '../domain/event.ts';
import { extraPrefix } from '../domain/mapping.ts';
import type { FieldMapping, Target } from './field-mapping.ts';
import { kindNamed } from './infer-kind.ts';
import { normalizeEvent } from './normalize-event.ts';
import type { ReadingSettings } from './reading.ts';

/** An event as it is read, and how each of its names led there. */
export type ExplainedEvent = { event: NormalizedEvent; readings: ReadingBody[] };

const maxShown = 500;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > maxShown ? `${text.slice(0, maxShown)}…`.toWellFormed() : text;
}

/** Where a target leads, as the API names it. */
export function fieldOf(target: Target): string | null {
  if (target.to === 'field') return target.field;
  if (target.to === 'extra') return extraPrefix + target.name;
  if (target.to === 'call') return 'call_instance_id';
  return target.to === 'event-name' ? 'event' : null;
}

type Candidate = { reading: ReadingBody; rank: number };

/**
 * Reads an event as `normalizeEvent` does, and each of its names alone: what it gives, whether that was used, and
 * what was wrong with it. Warnings that come of several fields together stand in `event` only.
 */
export function explainEvent(
  data: Record<string, unknown>,
  mapping: FieldMapping,
  settings: ReadingSettings,
  receivedAt: Date,
): ExplainedEvent {
  const event = normalizeEvent(data, mapping, settings, receivedAt);
  const bare: FieldMapping = { ...mapping, constants: [] };
  const candidates: Candidate[] = [];
  const explain = (name: string | null, key: string, value: unknown): ReadingBody => {
    const target = mapping.targetOf(key);
    const alone = normalizeEvent({ [key]: value }, bare, settings, receivedAt);
    const reading: ReadingBody = {
      name,
      value: shown(value),
      field: fieldOf(target),
      result: resultOf(target, alone, value),
      used: false,
      warnings: alone.warnings,
    };
    const rank = 'rank' in target ? target.rank : 0;
    if (reading.field !== null && reading.result !== null)
      // what the sender says comes before any constant
      candidates.push({ reading, rank: name === null ? Number.POSITIVE_INFINITY : rank });
    return reading;
  };
  const readings = Object.keys(data).map((name) => explain(name, name, data[name]));
  for (const [field, text] of mapping.constants) readings.push(explain(null, field, text));
  markUsed(candidates);
  return { event, readings };
}

function resultOf(target: Target, alone: NormalizedEvent, value: unknown): string | boolean | null {
  if (target.to === 'field') return alone.fields[target.field] ?? null;
  if (target.to === 'call') return alone.callInstanceId;
  if (target.to === 'event-name') return typeof value === 'string' ? kindNamed(value) : null;
  if (target.to === 'nothing') return null;
  const [kept] = Object.values(alone.extra);
  return kept === undefined ? null : shown(kept);
}

/** Of the names that lead to one field, the best is used, of equals the first; outside the contract the last. */
function markUsed(candidates: Candidate[]): void {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const field = candidate.reading.field!;
    const rival = best.get(field);
    if (!rival || candidate.rank < rival.rank || field.startsWith(extraPrefix)) best.set(field, candidate);
  }
  for (const { reading } of best.values()) reading.used = true;
}
