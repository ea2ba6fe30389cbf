import type { Database } from '../db/database.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { PolicySeconds } from '../report/threshold-clustering.ts';
import { installationSecret } from './installation-secret.ts';

/** What the reading side of the server needs besides the database. */
export async function composeReading(
  db: Database,
  scorecards: Pick<Scorecard, 'id' | 'policy'>[],
): Promise<{ policySeconds: PolicySeconds; shareSecret: string }> {
  return {
    policySeconds: policySeconds(scorecards),
    shareSecret: await installationSecret(db, 'share'),
  };
}

/** From which connected time a scorecard's billing rules pay, where they ask for one. */
export function policySeconds(scorecards: Pick<Scorecard, 'id' | 'policy'>[]): PolicySeconds {
  return scorecards.flatMap(({ id, policy }) => {
    const bounds = policy
      .filter(({ billable }) => billable !== 'no')
      .flatMap(({ when }) => (when.connectedAtLeast ? [when.connectedAtLeast] : []));
    return bounds.length === 0 ? [] : [{ scorecard: id, seconds: Math.min(...bounds) }];
  });
}
