import { expect, test } from 'vitest';
import { stakeSentence } from './stake-sentence.ts';

const acme = { currency: 'USD', buyer_name: 'Acme' };
const nobody = { currency: 'USD', buyer_name: null };
const of = (count: number) => ({ count, from: '2025-07-02', to: '2025-07-31' });
const days = 'in the 30 days up to that of the call';

test('a call that was not billed says what its buyer pays', () => {
  const kind = 'qualified_not_billed';
  const start = 'By the scorecard the call is billable, but no revenue was reported';
  expect(stakeSentence({ kind, money: '38.00', estimate: of(1204) }, acme)).toBe(
    `${start}: about $38.00, by what Acme paid on average for 1,204 calls ${days}.`,
  );
  expect(stakeSentence({ kind, money: '38.00', estimate: of(1) }, nobody)).toBe(
    `${start}: about $38.00, by what one call without a buyer brought on average ${days}.`,
  );
  expect(stakeSentence({ kind, money: null, estimate: of(0) }, acme)).toBe(
    `${start}. What it is worth is not known: Acme paid for no call ${days}.`,
  );
  expect(stakeSentence({ kind, money: null, estimate: null }, acme)).toBe(
    `${start}. What it is worth is not known.`,
  );
});

test('a sale that was not reported says what sales of its buyer amount to', () => {
  const kind = 'sale_heard_not_reported';
  const start = 'A sale was made on the call, but none was reported';
  expect(stakeSentence({ kind, money: '1200.50', estimate: of(4) }, acme)).toBe(
    `${start}: about $1,200.50, by the average of 4 sales that Acme reported ${days}.`,
  );
  expect(stakeSentence({ kind, money: null, estimate: of(0) }, nobody)).toBe(
    `${start}. Its amount is not known: no amount was reported without a buyer ${days}.`,
  );
});

test('what was reported of the call itself is told as it is', () => {
  expect(stakeSentence({ kind: 'billed_not_qualified', money: '40', estimate: null }, acme)).toBe(
    '$40.00 was billed, but by the scorecard the call is not billable.',
  );
  expect(stakeSentence({ kind: 'sale_reported_not_heard', money: null, estimate: null }, acme)).toBe(
    'A sale was reported, but none is heard on the call.',
  );
});
