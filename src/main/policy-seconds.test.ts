import { expect, test } from 'vitest';
import type { Scorecard } from '../domain/scorecard.ts';
import { policySecondsOf } from './policy-seconds.ts';

type Policy = Scorecard['policy'];
const rule = (billable: Policy[number]['billable'], when: Policy[number]['when']): Policy[number] => ({
  id: 'a_rule',
  when,
  billable,
  because: 'so',
});
const secondsOf = async (...policy: Policy) => {
  const published = [{ id: 'roofs', policy }] as Scorecard[];
  const current = async () =>
    ({ published }) as Awaited<ReturnType<Parameters<typeof policySecondsOf>[0]['current']>>;
  return (await policySecondsOf({ current })())[0]?.seconds ?? null;
};

test('the least time that a paying rule asks for itself', async () => {
  expect(
    await secondsOf(rule('yes', { connectedAtLeast: 120 }), rule('review', { connectedAtLeast: 90 })),
  ).toBe(90);
});

test('and what rules before it refuse as too short, whatever was said', async () => {
  const paid = rule('yes', { prospect: ['qualified'] });
  const short = rule('no', { connectedBelow: 30 });
  expect(await secondsOf(short, paid)).toBe(30);
  // an appointment is paid however short the call was: an exception, not the threshold
  expect(await secondsOf(rule('yes', { result: ['appointment'] }), short, paid)).toBe(30);
  expect(await secondsOf(short, rule('yes', { connectedAtLeast: 60 }))).toBe(60);
});

test('a refusal of some calls alone, or after what is paid, sets none', async () => {
  const paid = rule('yes', { prospect: ['qualified'] });
  expect(await secondsOf(rule('no', { connectedBelow: 30, reached: ['caller_left'] }), paid)).toBeNull();
  expect(await secondsOf(paid, rule('no', { connectedBelow: 30 }))).toBeNull();
});
