import { expect, test } from 'vitest';
import { listCalls } from '../../../../src/contract/calls.ts';
import { callsSearch } from './calls-search.ts';

test('the address knows every filter of the API, so that what a saved report asks is what its page shows', () => {
  const { time_zone: _, limit: __, cursor: ___, ...filters } = listCalls.query.shape;
  expect(Object.keys(callsSearch.shape)).toEqual(expect.arrayContaining(Object.keys(filters)));
});
