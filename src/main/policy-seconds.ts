import type { Scorecard } from '../domain/scorecard.ts';
import type { PolicySeconds } from '../report/threshold-clustering.ts';
import type { ScorecardStore } from '../score/scorecard-store.ts';

/** From which connected time the billing rules of the scorecards published now pay; it follows what is published. */
export function policySecondsOf(store: Pick<ScorecardStore, 'current'>): () => Promise<PolicySeconds> {
  return async () => policySeconds((await store.current()).published);
}

/** From which connected time a scorecard's billing rules pay, where they ask for one. */
function policySeconds(scorecards: Pick<Scorecard, 'id' | 'policy'>[]): PolicySeconds {
  return scorecards.flatMap(({ id, policy }) => {
    const bounds = policy
      .filter(({ billable }) => billable !== 'no')
      .flatMap(({ when }) => (when.connectedAtLeast ? [when.connectedAtLeast] : []));
    return bounds.length === 0 ? [] : [{ scorecard: id, seconds: Math.min(...bounds) }];
  });
}
