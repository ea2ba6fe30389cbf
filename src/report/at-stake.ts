import type { CallBody } from '../contract/calls.ts';
import type { Database } from '../db/database.ts';
import { type BuyerAverages, readBuyerAverages } from './buyer-averages.ts';

type Stake = CallBody['at_stake'][number];
type DisagreeingCall = Pick<CallBody, 'buyer_name' | 'disagreements' | 'reported'> & {
  call_at: Date;
  time_zone: string;
};

/**
 * What each disagreement of one call is worth: as in reports, except that their averages are of the report's period.
 * Averages are read only where one is asked for.
 */
export async function readAtStake(db: Database, call: DisagreeingCall): Promise<Stake[]> {
  const isEstimated = call.disagreements.some(
    (kind) => kind === 'qualified_not_billed' || kind === 'sale_heard_not_reported',
  );
  const averages = isEstimated
    ? await readBuyerAverages(db, call.buyer_name, call.call_at, call.time_zone)
    : null;
  return call.disagreements.map((kind) => stakeOf(kind, call, averages));
}

function stakeOf(kind: Stake['kind'], { reported }: DisagreeingCall, averages: BuyerAverages | null): Stake {
  switch (kind) {
    case 'billed_not_qualified':
      return { kind, money: reported.revenue, estimate: null };
    case 'sale_reported_not_heard':
      return { kind, money: reported.sale_amount, estimate: null };
    case 'qualified_not_billed':
      return { kind, ...estimate(averages, 'billed') };
    case 'sale_heard_not_reported':
      return { kind, ...estimate(averages, 'sold') };
  }
}

function estimate(averages: BuyerAverages | null, of: 'billed' | 'sold'): Omit<Stake, 'kind'> {
  if (!averages) return { money: null, estimate: null };
  const { money, count } = averages[of];
  return { money, estimate: { count, from: averages.from, to: averages.to } };
}
