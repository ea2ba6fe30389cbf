import type { CallFields } from '../domain/call-fields.ts';
import type { EventKind, NormalizedEvent } from '../domain/event.ts';
import { foldKey } from '../lib/fold-key.ts';
import { isBlank } from './blank.ts';
import { checkConsistency } from './check-consistency.ts';
import { cleanText, isInvisible, plainSpelling, storable, storableValue } from './clean-text.ts';
import type { FieldMapping, Target } from './field-mapping.ts';
import { inferKind, kindNamed } from './infer-kind.ts';
import { readId } from './readers/read-id.ts';
import { readText } from './readers/read-text.ts';
import { readUrl } from './readers/read-url.ts';
import {
  type FieldReader,
  quoted,
  type Reading,
  type ReadingSettings,
  warn,
  warnUnreadable,
} from './reading.ts';
import { unresolvedId, unresolvedToken } from './unresolved-token.ts';

type Data = Record<string, unknown>;
type Values = Record<string, string | boolean>;

/** Numbers, dates and the like are shorter; their patterns are not made for endless text. */
const maxShortText = 100;
const longKinds = new Set<FieldReader>([readText, readId, readUrl]);

/** Longest text kept in one field outside the contract; the raw request has the rest. */
const maxExtraText = 8_192;

/** What came in place of one value, by its names or its length: enough to see which of its parts was meant. */
function described(value: unknown): string {
  if (Array.isArray(value)) return `A list of ${value.length}`;
  const names = Object.keys(value as Data);
  const shown = names.slice(0, 5).map((name) => quoted(name));
  return `An object${shown.length > 0 ? ` with ${shown.join(', ')}${names.length > 5 ? ' …' : ''}` : ''}`;
}

/** The trimmed text of a scalar; null for what says nothing: blanks, placeholders, tokens, objects (with a warning). */
function textOf(value: unknown, reading: Reading, tokenIn = unresolvedToken): string | null {
  let text: string;
  if (typeof value === 'string') {
    const trimmed = value.trim();
    if (trimmed === '') return null;
    text = cleanText(trimmed, reading);
    if (text.charCodeAt(0) > 127 && isInvisible(text)) return null;
  } else if (typeof value === 'number' || typeof value === 'boolean') text = String(value);
  else {
    if (value !== null && value !== undefined) {
      warn(
        reading,
        'not_text',
        `${described(value)} came where one value is expected; the field is unknown.`,
      );
    }
    return null;
  }
  if (isBlank(text) || reading.settings.placeholders?.has(text.toLowerCase())) return null;
  const token = tokenIn(text);
  if (token === null) return text;
  warn(
    reading,
    'unresolved_token',
    `The platform sent its token ${quoted(token)} instead of a value; the field is unknown.`,
  );
  return null;
}

function readField(
  target: Target & { to: 'field' },
  value: unknown,
  reading: Reading,
): string | boolean | undefined {
  reading.field = target.field;
  let text = textOf(value, reading);
  if (text === null) return undefined;
  if (target.words !== null) text = target.words.get(text.toLowerCase()) ?? text;
  if (longKinds.has(target.read)) return target.read(text, reading);
  if (text.length > maxShortText) return warnUnreadable(reading, text, 'value of this length');
  text = plainSpelling(text);
  if (isBlank(text)) return undefined;
  reading.isNumber = typeof value === 'number';
  return target.read(text, reading);
}

function keepExtra(name: string, value: unknown, reading: Reading): void {
  reading.field = storable(name).slice(0, 200).toWellFormed();
  // Only now may it be the name that would change the object itself.
  if (reading.field === '__proto__') return;
  if (typeof value === 'object' && value !== null) {
    reading.extra[reading.field] = storableValue(value);
    return;
  }
  if (typeof value !== 'string') {
    if (value !== null && value !== undefined) reading.extra[reading.field] = storableValue(value);
    return;
  }
  let text = textOf(value, reading);
  if (text === null) return;
  if (text.length > maxExtraText) {
    warn(reading, 'too_long', `The text has ${text.length} characters; the first ${maxExtraText} were kept.`);
    text = text.slice(0, maxExtraText).toWellFormed();
  }
  reading.extra[reading.field] = text;
}

/** Values of an event so far, and which of the sender's names gave each. */
type Gathered = { fields: Values; givers: Record<string, string> };

/** Two of the sender's names lead to one field: the better name wins, the other value is kept under `extra`. */
function settleRivals(
  name: string,
  target: Target & { to: 'field' },
  data: Data,
  mapping: FieldMapping,
  reading: Reading,
  { fields, givers }: Gathered,
): void {
  const value = readField(target, data[name], reading);
  if (value === undefined) return;
  const giver = givers[target.field]!;
  const holder = mapping.targetOf(giver);
  const rank = 'rank' in holder ? holder.rank : 0;
  const wins = target.rank < rank;
  const isSame = value === fields[target.field];
  if (wins) {
    fields[target.field] = value;
    givers[target.field] = name;
  }
  if (isSame) return;
  if (rank === 0 && target.rank === 0) {
    warn(
      reading,
      'duplicate_key',
      `Two spellings of this name came with different values; ${quoted(giver)} was used.`,
    );
  }
  const loser = wins ? giver : name;
  keepExtra(loser, data[loser], reading);
}

/** What software sends where it has no id: false, zeros throughout. All its calls would become one. */
const defaultId = /^(?:true|false|\{?[0-]{8,}\}?)$/i;

/** The call's id, or null (with a warning, unless it was simply left out). `name` is the sender's. */
function readCallId(name: string, value: unknown, reading: Reading): string | null {
  reading.field = 'call_instance_id';
  const text = textOf(value, reading, unresolvedId);
  if (text === null) return null;
  if (defaultId.test(text)) {
    warn(
      reading,
      'unreadable_value',
      `${quoted(text)} is no id but a default of the sending software; the field is unknown.`,
    );
    return null;
  }
  const folded = foldKey(text);
  if (folded === foldKey(name) || folded === 'callinstanceid') {
    warn(
      reading,
      'unresolved_token',
      `${quoted(text)} is the name of the field, not a call's id: a token belongs in its place; the field is unknown.`,
    );
    return null;
  }
  const id = readId(text, reading);
  return id === undefined || isBlank(id) ? null : id;
}

function fillConstants(mapping: FieldMapping, reading: Reading, fields: Values): void {
  for (const [field, text] of mapping.constants) {
    if (fields[field] !== undefined) continue;
    const target = mapping.targetOf(field);
    const value = target.to === 'field' ? readField(target, text, reading) : undefined;
    if (value !== undefined) fields[field] = value;
  }
}

/**
 * Reads one event: the sender's names to the contract's, the sender's text to typed values. Pure, and never
 * throws on data. What cannot be read gives no key in `fields`, with a warning; a blank gives no key and none.
 */
export function normalizeEvent(
  data: Data,
  mapping: FieldMapping,
  settings: ReadingSettings,
  receivedAt: Date,
): NormalizedEvent {
  const fields: Values = {};
  const gathered: Gathered = { fields, givers: {} };
  const reading: Reading = { settings, receivedAt: receivedAt.getTime(), field: '', warnings: [], extra: {} };
  let callInstanceId: string | null = null;
  let callRank = Number.POSITIVE_INFINITY;
  let named: EventKind | null = null;
  for (const name in data) {
    const value = data[name];
    const target = mapping.targetOf(name);
    if (target.to === 'field') {
      if (fields[target.field] !== undefined) {
        settleRivals(name, target, data, mapping, reading, gathered);
        continue;
      }
      const read = readField(target, value, reading);
      if (read === undefined) continue;
      fields[target.field] = read;
      gathered.givers[target.field] = name;
    } else if (target.to === 'extra') keepExtra(target.name, value, reading);
    else if (target.to === 'call') {
      if (target.rank >= callRank) {
        keepExtra(name, value, reading);
        continue;
      }
      const id = readCallId(name, value, reading);
      if (id === null) continue;
      callInstanceId = id;
      callRank = target.rank;
    } else if (target.to === 'event-name') {
      const kind = typeof value === 'string' ? kindNamed(value) : null;
      if (kind === null) keepExtra(name, value, reading);
      named ??= kind;
    }
  }
  if (mapping.constants.length > 0) fillConstants(mapping, reading, fields);
  checkConsistency(fields as CallFields, reading, data, mapping);
  return {
    callInstanceId,
    kind: named ?? inferKind(fields as CallFields),
    fields: fields as CallFields,
    extra: reading.extra,
    warnings: reading.warnings,
  };
}
