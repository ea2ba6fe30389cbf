import { expect, test } from 'vitest';
import type { Mapping } from '../domain/mapping.ts';
import { checkMapping } from './check-mapping.ts';
import { newYork, received } from './field-under-test.ts';

const empty: Mapping = {
  aliases: {},
  constants: {},
  placeholders: [],
  date_order: 'month-first',
  decimal_mark: 'country',
};

function faults(part: Partial<Mapping>) {
  return checkMapping({ ...empty, ...part }, newYork, received).map(({ field }) => field);
}

test('an empty mapping, and one that is right, have no faults', () => {
  expect(faults({})).toEqual([]);
  expect(
    faults({
      aliases: { Anrufer: 'caller_id', sid: 'call_instance_id', art: 'event', Filiale: 'extra.site' },
      constants: { vertical: 'legal', cost: '1.50' },
    }),
  ).toEqual([]);
});

test.each([
  ['a field that does not exist', { aliases: { who: 'buyer' } }, ['aliases.who']],
  ['an extra field without a name', { aliases: { who: 'extra.' } }, ['aliases.who']],
  [
    'a name of the contract in any spelling',
    { aliases: { 'Caller ID': 'target_did' } },
    ['aliases.Caller ID'],
  ],
  ['the key', { aliases: { api_key: 'client_id' } }, ['aliases.api_key']],
  ['the mark of tests', { aliases: { aria_test: 'client_id' } }, ['aliases.aria_test']],
  ['one name twice', { aliases: { lead_id: 'client_id', leadId: 'client_lead_id' } }, ['aliases.leadId']],
  ['a name of signs only', { aliases: { '#': 'client_id' } }, ['aliases.#']],
  ['a constant that cannot be read', { constants: { duration: 'long' } }, ['constants.duration']],
  ['a constant that says nothing', { constants: { buyer_name: 'N/A' } }, ['constants.buyer_name']],
] as const)('%s is refused', (_, part, expected) => {
  expect(faults(part)).toEqual(expected);
});

test("a constant is read by the mapping's own settings", () => {
  const settings = { ...newYork, placeholders: new Set(['tbd']) };
  expect(checkMapping({ ...empty, constants: { buyer_name: 'TBD' } }, settings, received)).toHaveLength(1);
});
