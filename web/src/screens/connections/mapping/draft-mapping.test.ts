import { expect, test } from 'vitest';
import type { SenderNameUseBody } from '../../../../../src/contract/mapping.ts';
import { aliasOf, emptyMapping, listNames, splitWords, withAlias } from './draft-mapping.ts';

const seen = (name: string, fixed = false): SenderNameUseBody => {
  return { name, fixed, example: 'x', events: 1, field: 'cost', preset_field: 'cost' };
};

test('a name is led elsewhere whatever its spelling, and back', () => {
  const one = withAlias(emptyMapping, 'Lead Source', 'publisher_name');
  expect(aliasOf(one, 'lead_source')).toBe('publisher_name');
  const other = withAlias(one, 'lead_source', 'buyer_name');
  expect(other.aliases).toEqual({ lead_source: 'buyer_name' });
  expect(withAlias(other, 'LeadSource', null)).toEqual(emptyMapping);
});

test('names seen, written and added are listed once; the names of the contract last', () => {
  const mapping = withAlias(withAlias(emptyMapping, 'who', 'buyer_name'), 'old', 'cost');
  const rows = listNames([seen('duration', true), seen('Who')], ['OLD', 'new'], mapping);
  expect(rows.map(({ name, seen }) => [name, seen !== null])).toEqual([
    ['Who', true],
    ['old', false],
    ['new', false],
    ['duration', true],
  ]);
});

test('words are split at commas', () => {
  expect(splitWords(' unknown, tbd,, tbd ')).toEqual(['unknown', 'tbd']);
  expect(splitWords('')).toEqual([]);
});
