import { getDisagreements, listDisagreeingCalls } from '../../contract/disagreements.ts';
import {
  getCoverage,
  getSilentSources,
  getThresholdClustering,
  listPayableDurations,
  listRepeatCallers,
  listUnscoredCalls,
  putPayableDuration,
} from '../../contract/traffic-reports.ts';
import type { Database } from '../../db/database.ts';
import { getCoverage as queryCoverage, listUnscoredCalls as queryUnscored } from '../../report/coverage.ts';
import { listDisagreeingCalls as queryDisagreeing } from '../../report/disagreeing-calls.ts';
import { getDisagreements as queryDisagreements } from '../../report/disagreement-report.ts';
import {
  listPayableDurations as queryDurations,
  setPayableDuration,
} from '../../report/payable-durations.ts';
import { listRepeatCallers as queryRepeatCallers } from '../../report/repeat-callers.ts';
import { getSilentSources as querySilent } from '../../report/silent-sources.ts';
import {
  type PolicySeconds,
  getThresholdClustering as queryClustering,
} from '../../report/threshold-clustering.ts';
import type { Bind } from '../bind.ts';

export type TrafficReportsDeps = {
  db: Database;
  timeZone: string;
  /** From which connected time the scorecards' billing rules pay. */
  policySeconds: () => Promise<PolicySeconds>;
};

/** Where money and traffic look wrong. */
export function trafficReportRoutes(bind: Bind, { db, timeZone, policySeconds }: TrafficReportsDeps): void {
  const zoned = <Q extends { time_zone?: string | undefined }>(query: Q) => ({
    ...query,
    time_zone: query.time_zone ?? timeZone,
  });
  bind(getDisagreements, ({ query }) => queryDisagreements(db, zoned(query)));
  bind(listDisagreeingCalls, ({ query }) => queryDisagreeing(db, zoned(query)));
  bind(getThresholdClustering, async ({ query }) => queryClustering(db, zoned(query), await policySeconds()));
  bind(listRepeatCallers, ({ query }) => queryRepeatCallers(db, zoned(query)));
  bind(getSilentSources, ({ query }) => querySilent(db, query));
  bind(getCoverage, ({ query }) => queryCoverage(db, zoned(query)));
  bind(listUnscoredCalls, ({ query }) => queryUnscored(db, zoned(query)));
  bind(listPayableDurations, async () => ({ items: await queryDurations(db) }));
  bind(putPayableDuration, async ({ body }) => {
    await setPayableDuration(db, body);
    return { items: await queryDurations(db) };
  });
}
