import type { CallBody } from '../../../../src/contract/calls.ts';
import { averageDays } from '../../../../src/domain/disagreement.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';

type Stake = CallBody['at_stake'][number];

/** One disagreement of a call in plain words: what contradicts what, how much it is worth, and how that is known. */
export function stakeSentence(
  { kind, money, estimate }: Stake,
  { currency, buyer_name: buyer }: Pick<CallBody, 'currency' | 'buyer_name'>,
): string {
  const amount = formatMoney(money, currency);
  switch (kind) {
    case 'billed_not_qualified':
      return `${amount} was billed, but by the scorecard the call is not billable.`;
    case 'qualified_not_billed':
      return `By the scorecard the call is billable, but no revenue was reported${
        money === null ? `. ${noPrice(estimate, buyer)}` : `: about ${amount}, ${price(estimate, buyer)}.`
      }`;
    case 'sale_heard_not_reported':
      return `A sale was made on the call, but none was reported${
        money === null ? `. ${noSale(estimate, buyer)}` : `: about ${amount}, ${sale(estimate, buyer)}.`
      }`;
    case 'sale_reported_not_heard':
      return money === null
        ? 'A sale was reported, but none is heard on the call.'
        : `A sale of ${amount} was reported, but none is heard on the call.`;
  }
}

const period = `in the ${averageDays} days up to that of the call`;

/** What the amount is the average of. */
function price(estimate: Stake['estimate'], buyer: string | null): string {
  const calls = many(estimate?.count ?? 0, 'call');
  return buyer === null
    ? `by what ${calls} without a buyer brought on average ${period}`
    : `by what ${buyer} paid on average for ${calls} ${period}`;
}

function sale(estimate: Stake['estimate'], buyer: string | null): string {
  const sales = many(estimate?.count ?? 0, 'sale');
  return buyer === null
    ? `by the average of ${sales} reported without a buyer ${period}`
    : `by the average of ${sales} that ${buyer} reported ${period}`;
}

/** Why no amount is told. */
function noPrice(estimate: Stake['estimate'], buyer: string | null): string {
  if (!estimate) return 'What it is worth is not known.';
  const none = buyer === null ? 'no call without a buyer was paid for' : `${buyer} paid for no call`;
  return `What it is worth is not known: ${none} ${period}.`;
}

function noSale(estimate: Stake['estimate'], buyer: string | null): string {
  if (!estimate) return 'Its amount is not known.';
  const none =
    buyer === null ? 'no amount was reported without a buyer' : `${buyer} reported no amount of a sale`;
  return `Its amount is not known: ${none} ${period}.`;
}

function many(count: number, what: string): string {
  return count === 1 ? `one ${what}` : `${formatCount(count)} ${what}s`;
}
