import type { MappingBody, SenderNameUseBody } from '../../../../../src/contract/mapping.ts';

/** A connection without a mapping of its own. */
export const emptyMapping: MappingBody = {
  aliases: {},
  constants: {},
  date_order: 'month-first',
  decimal_mark: 'country',
  placeholders: [],
};

/** Names are one name where only case and separators differ, as the server has it. */
export function isOneName(a: string, b: string): boolean {
  const fold = (name: string) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
  return fold(a) === fold(b);
}

/** Where the mapping leads a name; null: it says nothing about it. */
export function aliasOf(mapping: MappingBody, name: string): string | null {
  const entry = Object.entries(mapping.aliases).find(([alias]) => isOneName(alias, name));
  return entry ? entry[1] : null;
}

/** Leads a name elsewhere, or (null) leaves it to the preset again. */
export function withAlias(mapping: MappingBody, name: string, target: string | null): MappingBody {
  const others = Object.entries(mapping.aliases).filter(([alias]) => !isOneName(alias, name));
  return { ...mapping, aliases: Object.fromEntries(target === null ? others : [...others, [name, target]]) };
}

/** A row of the table of names: seen in events, or only written in the mapping. */
export type NameRow = { name: string; seen: SenderNameUseBody | null };

/** All names to show: those that can be led elsewhere first, the contract's own last. */
export function listNames(seen: SenderNameUseBody[], added: string[], mapping: MappingBody): NameRow[] {
  const rows: NameRow[] = [];
  const add = (row: NameRow) => {
    if (!rows.some(({ name }) => isOneName(name, row.name))) rows.push(row);
  };
  for (const use of seen) if (!use.fixed) add({ name: use.name, seen: use });
  for (const name of [...Object.keys(mapping.aliases), ...added]) add({ name, seen: null });
  for (const use of seen) if (use.fixed) add({ name: use.name, seen: use });
  return rows;
}

/** Words in one line, separated by commas. */
export function splitWords(text: string): string[] {
  return [...new Set(text.split(',').map((word) => word.trim()))].filter((word) => word !== '');
}
