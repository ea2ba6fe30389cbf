import { type CallField, callFieldKinds } from '../domain/call-fields.ts';
import { extraPrefix } from '../domain/mapping.ts';
import { foldKey } from '../lib/fold-key.ts';
import { readersByKind } from './readers/by-kind.ts';
import type { FieldReader } from './reading.ts';

/** Where a sender's name leads. A lower `rank` wins when two names lead to one field. */
export type Target =
  | { to: 'field'; field: CallField; read: FieldReader; rank: number; words: Map<string, string> | null }
  | { to: 'call'; rank: number }
  | { to: 'event-name' }
  | { to: 'extra'; name: string }
  | { to: 'nothing' };

/** How one connection's names lead to the contract's fields. Built once by `compileMapping`, used for every event. */
export type FieldMapping = {
  /** The target of a name as sent; remembered by its exact spelling. */
  targetOf: (name: string) => Target;
  /** Text for fields that the sender cannot fill, e.g. `vertical`. */
  constants: readonly (readonly [CallField, string])[];
};

/** What a platform's preset says about names and values (connections/*.yaml). */
export type MappingSource = {
  /** sender's name → contract field, `call_instance_id` or `event` */
  aliases: Record<string, string>;
  /** sender's name → name under `extra` */
  extra: Record<string, string>;
  /** sender's name or contract field → its words → what the field's reader understands */
  values: Record<string, Record<string, string>>;
};

const eventNames = ['event', 'event_type', 'event_name', 'trigger'];
const identity = ['api_key', 'x_api_key', 'connection_id'];
const contractNames = new Set(
  [...Object.keys(callFieldKinds), 'call_instance_id', ...identity, 'aria_test'].map(foldKey),
);

function isCallField(name: string): name is CallField {
  return Object.hasOwn(callFieldKinds, name);
}

function wordsFor(source: MappingSource, sender: string, field: string): Map<string, string> | null {
  const own = source.values[sender] ?? source.values[field];
  return own ? new Map(Object.entries(own).map(([word, meaning]) => [word.toLowerCase(), meaning])) : null;
}

function targetNamed(name: string, rank: number, words: Map<string, string> | null): Target {
  if (name === 'call_instance_id') return { to: 'call', rank };
  if (name === 'event') return { to: 'event-name' };
  if (name.startsWith(extraPrefix)) return { to: 'extra', name: name.slice(extraPrefix.length) };
  if (isCallField(name))
    return { to: 'field', field: name, read: readersByKind[callFieldKinds[name]], rank, words };
  return { to: 'extra', name };
}

/** Whether a name is one of the contract's, which always lead to themselves. */
export function isContractName(name: string): boolean {
  return contractNames.has(foldKey(name));
}

/** Whether a name can stand for a target in a connection's own mapping. */
export function isTargetName(name: string): boolean {
  if (name.startsWith(extraPrefix)) return name.length > extraPrefix.length;
  return name === 'call_instance_id' || name === 'event' || isCallField(name);
}

/**
 * Joins a preset with a connection's own names and constants. The contract's names always work, in any
 * spelling; then come the connection's own (an unknown target is kept under `extra`), then the preset's in their
 * order.
 */
export function compileMapping(
  preset: MappingSource,
  own: Record<string, string> = {},
  constants: Partial<Record<CallField, string>> = {},
): FieldMapping {
  const byFolded = new Map<string, Target>();
  const add = (name: string, target: Target) => {
    const folded = foldKey(name);
    if (!byFolded.has(folded)) byFolded.set(folded, target);
  };
  const aliases = Object.entries(preset.aliases);
  for (const field of Object.keys(callFieldKinds)) {
    // a platform that uses the contract's name for something less good lists it behind its better ones
    const listed = aliases.findIndex(([name, target]) => name === field && target === field);
    add(field, targetNamed(field, listed < 0 ? 0 : 2 + listed, wordsFor(preset, field, field)));
  }
  add('call_instance_id', { to: 'call', rank: 0 });
  for (const name of identity) add(name, { to: 'nothing' });
  for (const [name, field] of Object.entries(own))
    add(name, targetNamed(field, 1, wordsFor(preset, name, field)));
  for (const [index, [name, field]] of aliases.entries()) {
    add(name, targetNamed(field, 2 + index, wordsFor(preset, name, field)));
  }
  for (const [name, stable] of Object.entries(preset.extra)) add(name, { to: 'extra', name: stable });
  for (const name of eventNames) add(name, { to: 'event-name' });

  const byName = new Map<string, Target>();
  const resolve = (name: string): Target => {
    const target: Target =
      name === '__proto__' ? { to: 'nothing' } : (byFolded.get(foldKey(name)) ?? { to: 'extra', name });
    if (name.length <= 100) {
      if (byName.size >= 2_000) byName.clear();
      byName.set(name, target);
    }
    return target;
  };
  return {
    targetOf: (name) => byName.get(name) ?? resolve(name),
    constants: Object.entries(constants).filter((entry): entry is [CallField, string] =>
      isCallField(entry[0]),
    ),
  };
}
