import { expect, test } from 'vitest';
import { dimensions } from '../../../../src/contract/reports.ts';
import { callsSearch } from '../calls/calls-search.ts';
import { rowFilters } from './row-filters.ts';

const days = { from: '2025-01-30', to: '2025-02-28' };
const of = (by: string, key: string | null, label = key ?? '(none)') => rowFilters(by, { key, label }, days);

test('a row leads to the calls that it counts', () => {
  expect(of('publisher', 'North')).toEqual({ publisher_name: 'North' });
  expect(of('zip', null)).toEqual({ zip_code: '(none)' });
  expect(of('extra.team', 'red=blue')).toEqual({ extra: 'team=red=blue' });
  expect(of('prospect', 'qualified')).toEqual({ prospect: 'qualified' });
  expect(of('day', '2025-02-01')).toEqual({ period: 'custom', from: '2025-02-01', to: '2025-02-01' });
});

test('weeks and months end where the period ends', () => {
  expect(of('week', '2025-01-27')).toEqual({ period: 'custom', from: '2025-01-30', to: '2025-02-02' });
  expect(of('month', '2025-01')).toEqual({ period: 'custom', from: '2025-01-30', to: '2025-01-31' });
  expect(of('month', '2025-02')).toEqual({ period: 'custom', from: '2025-02-01', to: '2025-02-28' });
  const leap = rowFilters('month', { key: '2024-02', label: '' }, { from: '2024-01-01', to: '2024-12-31' });
  expect(leap).toMatchObject({ from: '2024-02-01', to: '2024-02-29' });
});

test('what no filter can say leads nowhere', () => {
  expect([of('hour', '09'), of('weekday', '1'), of('prospect', null, 'Not scored')]).toEqual([
    null,
    null,
    null,
  ]);
});

test('every filter that a row leads to is one of the list of calls', () => {
  for (const by of dimensions) {
    for (const name of Object.keys(of(by, '2025-02') ?? {}))
      expect(callsSearch.shape, by).toHaveProperty(name);
  }
});
