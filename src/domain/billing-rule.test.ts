import { expect, test } from 'vitest';
import { applies, type Found } from './billing-rule.ts';
import type { CallFacts } from './policy.ts';
import { type BillingRule, type Hours, weekdays } from './scorecard.ts';

const found: Found = {
  reached: 'conversation',
  prospect: 'qualified',
  reason: null,
  result: 'appointment',
  flags: ['abusive'],
  answers: [
    { criterion: 'bill', value: '140', confidence: 1, evidence: [], note: null },
    { criterion: 'owns_home', value: 'unknown', confidence: 0, evidence: [], note: null },
  ],
};
const facts: CallFacts = {
  connectedSeconds: 90,
  duplicate: false,
  timeZone: 'America/New_York',
  state: 'CA',
  buyer: 'Acme Solar',
  // a Wednesday, 17:30 in New York
  callAt: '2025-11-05T22:30:00Z',
  daysSinceLastCall: 12.5,
};
const nineToFive: Hours = {
  from: '09:00',
  to: '17:00',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  timeZone: null,
};
const nights: Hours = { from: '22:00', to: '06:00', days: ['tue'], timeZone: 'UTC' };
const rule = (when: BillingRule['when']): BillingRule => ({ id: 'r', when, billable: 'no', because: 'b' });

test.each([
  ['no condition', {}, true],
  ['its state', { state: ['ca', 'TX'] }, true],
  ['another state', { state: ['TX'] }, false],
  ['not in a state', { notState: ['TX'] }, true],
  ['not in its state', { notState: ['CA'] }, false],
  ['its buyer', { buyer: [' acme solar'] }, true],
  ['a campaign that is unknown', { campaign: ['x'] }, false],
  ['a flag', { flag: ['abusive'] as const }, true],
  ['another flag', { flag: ['dnc_request'] as const }, false],
  ['hours that are over', { hours: nineToFive }, false],
  ['outside these hours', { outsideHours: nineToFive }, true],
  ['hours in a zone of their own', { hours: { ...nineToFive, timeZone: 'America/Los_Angeles' } }, true],
  [
    'hours over midnight, of the day before',
    { hours: { ...nights, to: '23:00', days: [...weekdays] } },
    true,
  ],
  ['a repeat within the window', { duplicateWithinDays: 30 }, true],
  ['a repeat before the window', { duplicateWithinDays: 7 }, false],
  ['a number within bounds', { answer: { bill: { atLeast: 100, atMost: 200 } } }, true],
  ['a number out of bounds', { answer: { bill: { atLeast: 150 } } }, false],
  ['an unknown gate that the contract accepts', { answer: { owns_home: ['yes', 'unknown'] } }, true],
  ['an unknown gate', { answer: { owns_home: ['yes'] } }, false],
  ['a criterion nobody asked for', { answer: { other: ['yes'] } }, false],
])('%s', (_, when, expected) => {
  expect(applies(rule(when as BillingRule['when']), found, facts)).toBe(expected);
});

test('what is unknown of a call fulfils no condition on it, neither one way nor the other', () => {
  const nothing: CallFacts = { connectedSeconds: null, duplicate: null };
  for (const when of [
    { state: ['CA'] },
    { notState: ['CA'] },
    { hours: nineToFive },
    { outsideHours: nineToFive },
    { duplicateWithinDays: 30 },
    { duplicate: false },
    { connectedBelow: 30 },
    { connectedAtLeast: 0 },
  ])
    expect(applies(rule(when), found, nothing)).toBe(false);
});

test('hours over midnight belong to the day on which they begin', () => {
  const at = (callAt: string) => applies(rule({ hours: nights }), found, { ...facts, callAt });
  expect(at('2025-11-04T23:00:00Z')).toBe(true);
  expect(at('2025-11-05T05:59:00Z')).toBe(true);
  expect(at('2025-11-05T06:00:00Z')).toBe(false);
  expect(at('2025-11-05T23:00:00Z')).toBe(false);
});
