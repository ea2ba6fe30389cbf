import type { CallField } from '../domain/call-fields.ts';
import type { Mapping } from '../domain/mapping.ts';
import { foldKey } from '../lib/fold-key.ts';
import { compileMapping, isContractName, isTargetName } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { quoted, type ReadingSettings } from './reading.ts';

/** What is wrong with a mapping: the part, such as `aliases.Lead Source`, and a sentence for whoever wrote it. */
export type MappingFault = { field: string; message: string };

const noPreset = { aliases: {}, extra: {}, values: {} };

/** Finds names that would have no effect, targets that do not exist and constants that cannot be read. */
export function checkMapping(mapping: Mapping, settings: ReadingSettings, now: Date): MappingFault[] {
  return [...checkAliases(mapping.aliases), ...checkConstants(mapping, settings, now)];
}

function checkAliases(aliases: Mapping['aliases']): MappingFault[] {
  const faults: MappingFault[] = [];
  const spelled = new Map<string, string>();
  for (const [name, target] of Object.entries(aliases)) {
    const folded = foldKey(name);
    const twin = spelled.get(folded);
    const complain = (message: string) => faults.push({ field: `aliases.${name}`, message });
    if (folded === '') complain('A name needs a letter or a digit.');
    else if (isContractName(name)) {
      complain(`${quoted(name)} is a name of the contract: it always leads to its own field.`);
    } else if (twin !== undefined) {
      complain(`${quoted(name)} and ${quoted(twin)} are one name: case and separators make no difference.`);
    }
    if (!isTargetName(target)) {
      complain(`${quoted(target)} is no field. For a field of your own, write extra.<name>.`);
    }
    spelled.set(folded, name);
  }
  return faults;
}

function checkConstants(mapping: Mapping, settings: ReadingSettings, now: Date): MappingFault[] {
  return Object.entries(mapping.constants).flatMap(([field, text]) => {
    const alone = compileMapping(noPreset, {}, { [field]: text });
    const { fields, warnings } = normalizeEvent({}, alone, settings, now);
    if (fields[field as CallField] !== undefined) return [];
    const reason = warnings[0]?.message ?? `${quoted(text)} says "no value".`;
    return [{ field: `constants.${field}`, message: reason }];
  });
}
