import { expect, test } from 'vitest';
import { compareWithTruth } from '../../demo/compare-with-truth.ts';
import { readSamples } from '../../demo/sample.ts';
import type { CallSummaryBody } from '../../src/contract/calls.ts';

test('counts each aspect among the calls that have an outcome and a script', async () => {
  const call = (call_instance_id: string, outcome: object | null) =>
    ({ call_instance_id, outcome }) as unknown as CallSummaryBody;
  const calls = [
    call('a', { reached: 'conversation', prospect: 'qualified', result: 'quote' }),
    call('b', { reached: 'voicemail', prospect: 'unknown', result: 'none' }),
    call('c', null),
    call('d', { reached: 'conversation', prospect: 'qualified', result: 'sale' }),
  ];
  const played = new Map([
    ['a', 'policy-bound'],
    ['b', 'voicemail'],
    ['c', 'menu-only'],
  ]);
  expect(compareWithTruth(calls, played, await readSamples())).toBe(
    'reached 2 of 2, prospect 2 of 2, result 1 of 2',
  );
});
