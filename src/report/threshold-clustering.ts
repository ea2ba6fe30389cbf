import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type {
  getThresholdClustering as clusteringRoute,
  ThresholdClusteringBody,
} from '../contract/traffic-reports.ts';
import type { Database } from '../db/database.ts';
import { all, callConditions } from './call-filters.ts';
import { definitionsOf } from './definitions.ts';
import { readReportPeriod } from './report-period.ts';
import { wilsonInterval } from './wilson.ts';

/** Seconds from which a scorecard's billing rules pay, where nothing else is set. */
export type PolicySeconds = { scorecard: string; seconds: number }[];

type Row = {
  publisher_name: string | null;
  is_total: number;
  connected: number;
  within: number;
  just_below: number;
  unknown: number;
  payable_seconds: number[] | null;
};

/**
 * Calls that end suspiciously close to the moment from which they are paid, by publisher. The payable duration of a
 * call is the one set for its connection and campaign, else for its campaign, else for its connection, else for all;
 * else the least one of its scorecard's billing rules.
 * @throws InvalidQuery
 */
export async function getThresholdClustering(
  db: Database,
  query: z.infer<(typeof clusteringRoute)['query']>,
  policy: PolicySeconds,
  now: Date = new Date(),
): Promise<ThresholdClusteringBody> {
  const period = await readReportPeriod(db, query, now);
  const { facts, findings } = callConditions(query, period);
  const { rows } = await sql<Row>`
    with timed as (
      select c.publisher_name, c.connected_call_length - p.seconds as beyond, p.seconds
      from call c ${payableSeconds(policy)}
      where not c.is_test and c.connected and ${all([...facts, ...findings])}
    )
    select publisher_name, grouping(publisher_name) as is_total, count(seconds) as connected,
      count(*) filter (where abs(beyond) <= ${query.within}) as within,
      count(*) filter (where beyond < 0 and beyond >= -${query.within}::int) as just_below,
      count(*) filter (where seconds is null) as unknown,
      array_agg(distinct seconds::float8) filter (where seconds is not null) as payable_seconds
    from timed group by grouping sets ((publisher_name), ())`.execute(db);
  const total = rows.find(({ is_total }) => is_total === 1)!;
  return {
    from: period.from,
    to: period.to,
    time_zone: period.timeZone,
    metrics: definitionsOf(
      'threshold_connected',
      'threshold_within',
      'threshold_share',
      'threshold_just_below',
      'payable_seconds',
    ),
    within_seconds: query.within,
    rows: rows
      .filter(({ is_total, connected }) => is_total === 0 && connected > 0)
      .map(({ publisher_name, connected, within, just_below, payable_seconds }) => ({
        publisher_name,
        connected,
        within,
        just_below,
        share: share(within, connected),
        ...wilsonInterval(within, connected),
        payable_seconds: payable_seconds ?? [],
      }))
      .sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || b.connected - a.connected),
    total: {
      connected: total.connected,
      within: total.within,
      share: share(total.within, total.connected),
    },
    unknown: total.unknown,
  };
}

function payableSeconds(policy: PolicySeconds): RawBuilder<unknown> {
  return sql`
    left join evaluation e on e.id = c.evaluation_id
    left join lateral (
      select coalesce(
        (select d.seconds from payable_duration d
          where d.connection_id in (c.connection_id, '') and d.campaign_name in (coalesce(c.campaign_name, ''), '')
          order by d.campaign_name = '', d.connection_id = '' limit 1),
        (select s.seconds from unnest(${policy.map((rule) => rule.scorecard)}::text[],
            ${policy.map((rule) => rule.seconds)}::numeric[]) s (scorecard, seconds)
          where s.scorecard = e.scorecard)) as seconds
    ) p on true`;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((10_000 * part) / whole) / 100;
}
