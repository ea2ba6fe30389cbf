import type { Scorecard } from '../domain/scorecard.ts';
import type { PolicySeconds } from '../report/threshold-clustering.ts';
import type { ScorecardStore } from '../score/scorecard-store.ts';

/** From which connected time the billing rules of the scorecards published now pay; it follows what is published. */
export function policySecondsOf(store: Pick<ScorecardStore, 'current'>): () => Promise<PolicySeconds> {
  return async () => policySeconds((await store.current()).published);
}

/**
 * From which connected time a scorecard's billing rules pay, where they ask for one: a rule by its own bound, and by those
 * of rules before it that refuse whatever is shorter. A rule that pays however short the call was is an exception.
 */
function policySeconds(scorecards: Pick<Scorecard, 'id' | 'policy'>[]): PolicySeconds {
  return scorecards.flatMap(({ id, policy }) => {
    let refused = 0;
    const bounds: number[] = [];
    for (const { billable, when } of policy) {
      const { connectedBelow, connectedAtLeast = 0, ...others } = when;
      if (billable !== 'no') bounds.push(Math.max(refused, connectedAtLeast));
      else if (connectedBelow && !connectedAtLeast && Object.keys(others).length === 0)
        refused = Math.max(refused, connectedBelow);
    }
    const asked = bounds.filter((seconds) => seconds > 0);
    return asked.length === 0 ? [] : [{ scorecard: id, seconds: Math.min(...asked) }];
  });
}
