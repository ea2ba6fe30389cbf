import { sql } from 'kysely';
import type { z } from 'zod';
import type { SilentSourcesBody, getSilentSources as silentRoute } from '../contract/traffic-reports.ts';
import type { Database } from '../db/database.ts';
import { definitionsOf } from './definitions.ts';
import { storableText } from './invalid-query.ts';

type Row = {
  source: SilentSourcesBody['items'][number]['source'];
  key: string;
  label: string;
  first: Date;
  last: Date;
  silent: number;
  median_gap: number | null;
  longest_gap: number | null;
  expected: number | null;
};

/** Fewer calls than these in five weeks are no rhythm. */
const callsEnough = 20;
/** As many calls must have come in the same hours of earlier weeks before their absence means anything. */
const expectedEnough = 5;
/** In its first week a source is silent when this many times its longest gap has passed, and a while. */
const longestGapTimes = 3;
const shortestSilence = 900;
const weekSeconds = 7 * 86_400;

/**
 * Publishers, campaigns and connections that have sent no call for longer than is usual for them: by what came in the
 * same hours of the last four weeks, so that a night or a Sunday is no alarm; in the first week by the longest gap.
 * @throws InvalidQuery
 */
export async function getSilentSources(
  db: Database,
  query: z.infer<(typeof silentRoute)['query']>,
  now: Date = new Date(),
): Promise<SilentSourcesBody> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const connection = query.connection_id
    ? sql`c.connection_id = ${storableText('connection_id', query.connection_id)}`
    : sql`true`;
  const { rows } = await sql<Row>`
    with sent as materialized (
      select s.source, s.key, c.call_at from call c
      cross join lateral (values ('connection', c.connection_id), ('publisher', c.publisher_name),
        ('campaign', c.campaign_name)) s (source, key)
      where not c.is_test and s.key is not null and ${connection}
        and c.call_at <= ${at} and c.call_at > ${at} - interval '42 days'
    ), gaps as (
      select *, extract(epoch from call_at - lag(call_at) over (partition by source, key order by call_at)) as gap
      from sent
    ), sources as (
      select source, key, min(call_at) as first, max(call_at) as last,
        percentile_cont(0.5) within group (order by gap)::float8 as median_gap, max(gap)::float8 as longest_gap
      from gaps group by source, key having count(*) >= ${callsEnough}
    ), weeks as (
      select s.source, s.key, w.week,
        count(c.call_at) filter (where c.call_at > s.last - w.week * interval '7 days'
          and c.call_at <= least(${at}, s.last + interval '7 days') - w.week * interval '7 days') as calls
      from sources s cross join generate_series(1, 4) w (week) join sent c using (source, key)
      group by s.source, s.key, w.week
    )
    select s.*, coalesce(cn.name, s.key) as label, extract(epoch from ${at} - s.last)::float8 as silent,
      (select percentile_cont(0.5) within group (order by w.calls)::float8 from weeks w
        where w.source = s.source and w.key = s.key
          and s.first < s.last - w.week * interval '7 days') as expected
    from sources s left join connection cn on s.source = 'connection' and cn.id = s.key`.execute(db);
  const items = rows.map((row) => ({
    source: row.source,
    key: row.key,
    label: row.label,
    last_call_at: row.last.toISOString(),
    silent_seconds: Math.round(row.silent),
    usual_gap_seconds: row.median_gap === null ? null : Math.round(row.median_gap),
    expected_calls: row.expected,
    exceeded: isSilent(row),
  }));
  return {
    now: now.toISOString(),
    metrics: definitionsOf('silent_seconds', 'usual_gap_seconds', 'expected_calls'),
    items: items
      .filter(({ exceeded }) => exceeded || query.show === 'all')
      .sort(
        (a, b) =>
          Number(b.exceeded) - Number(a.exceeded) || (b.expected_calls ?? 0) - (a.expected_calls ?? 0),
      ),
  };
}

function isSilent({ first, last, silent, longest_gap, expected }: Row): boolean {
  const young = (last.getTime() - first.getTime()) / 1000 < weekSeconds;
  if (!young && expected !== null) return expected >= expectedEnough;
  return longest_gap !== null && silent > Math.max(shortestSilence, longestGapTimes * longest_gap);
}
