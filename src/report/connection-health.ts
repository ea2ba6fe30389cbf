import { sql } from 'kysely';
import type { ConnectionHealthBody } from '../contract/connection-health.ts';
import type { Database } from '../db/database.ts';
import { adviseOn } from './health-advice.ts';
import { type Drift, findZone } from './time-zone-drift.ts';

/** Enough to judge by, however busy the connection is. */
const newest = 5_000;
/** How far down the log live events are looked for. */
const depth = 20_000;
const gapsLookedAt = 500;
const weekMicros = 7 * 86_400 * 1_000_000;
/** As many live events must have come in the same hours of earlier weeks before their absence means anything. */
const expectedEnough = 5;
/** In its first week a connection is silent when this many times its longest gap has passed, and a while. */
const longestGapTimes = 3;
const shortestSilence = 900;

type Settings = { time_zone: string; refused_count: number; refused_at: Date | null; now: number };

/** What platforms sent themselves: neither tests nor what was imported from files. */
const live = sql`not e.is_test and e.method <> 'IMPORT'`;

/** Imports of fewer rows hide nothing; behind as many of the larger ones live events are looked for. */
const largeImport = 5_000;
const importsLookedBehind = 5;

/**
 * The newest live events. Bounded before it is filtered, and looked for anew below the start of each large import, since one
 * may lie on top of them.
 */
function newestLive(connectionId: string) {
  return sql`(
    select e.* from (
      select below, lead(below, 1, 0) over (order by below desc) as above from (
        select ${sql.lit(String(Number.MAX_SAFE_INTEGER))}::bigint as below
        union all
        (select (extract(epoch from created_at) * 1e6)::bigint from import
          where connection_id = ${connectionId} and rows_read >= ${sql.lit(largeImport)}
          order by created_at desc limit ${sql.lit(importsLookedBehind)})
      ) starts
    ) w cross join lateral (
      select * from event where connection_id = ${connectionId} and arrival < w.below and arrival >= w.above
      order by arrival desc limit ${sql.lit(depth)}
    ) e where ${live})`;
}

/** How a connection is doing, by its newest events; null where there is none of this id. */
export async function getConnectionHealth(
  db: Database,
  connectionId: string,
): Promise<ConnectionHealthBody | null> {
  if (connectionId.includes('\0')) return null;
  const { rows } = await sql<Settings>`
    select time_zone, refused_count, refused_at, (extract(epoch from clock_timestamp()) * 1e6)::bigint as now
    from connection where id = ${connectionId}`.execute(db);
  const settings = rows[0];
  if (!settings) return null;
  const [gaps, tokens, drift, recordings] = await Promise.all([
    readGaps(db, connectionId),
    readTokens(db, connectionId, settings.now),
    readDrift(db, connectionId),
    readRecordings(db, connectionId),
  ]);
  const found = {
    connection_id: connectionId,
    last_event_at: gaps.last === null ? null : new Date(gaps.last / 1000).toISOString(),
    silence: await judgeSilence(db, connectionId, gaps, settings.now),
    events: { day: tokens.day, week: tokens.week },
    unresolved_tokens: tokens.shares,
    time_zone: findZone(drift, settings.time_zone, new Date(settings.now / 1000)),
    recordings,
    refused_count: settings.refused_count,
    refused_at: settings.refused_at?.toISOString() ?? null,
  };
  const advice = adviseOn({ ...found, time_zone_setting: settings.time_zone });
  const isNew = gaps.last === null && advice.length === 0;
  return { ...found, advice, verdict: isNew ? 'new' : advice.length > 0 ? 'attention' : 'good' };
}

/** Instants in microseconds since 1970, gaps in seconds. */
type Gaps = { first: number | null; last: number | null; median: number | null; longest: number | null };

async function readGaps(db: Database, connectionId: string): Promise<Gaps> {
  const { rows } = await sql<Gaps>`
    with newest as (
      select e.arrival, (lag(e.arrival) over (order by e.arrival desc) - e.arrival) / 1e6 as gap
      from ${newestLive(connectionId)} e order by e.arrival desc limit ${gapsLookedAt + 1}
    ), oldest as (
      select * from event where connection_id = ${connectionId} order by arrival limit 1000
    )
    select (select coalesce(min(e.arrival), (select arrival from oldest order by arrival limit 1))
        from oldest e where ${live}) as first,
      max(arrival) as last, (percentile_cont(0.5) within group (order by gap))::float8 as median,
      (max(gap))::float8 as longest
    from newest`.execute(db);
  return rows[0]!;
}

/**
 * Silence is judged by what came in the same hours of the last four weeks, so that a night or a Sunday is no
 * alarm; in its first week by the longest gap so far.
 */
async function judgeSilence(
  db: Database,
  connectionId: string,
  { first, last, median, longest }: Gaps,
  now: number,
): Promise<ConnectionHealthBody['silence']> {
  if (last === null || first === null) {
    return { seconds: null, usual_gap_seconds: null, expected_events: null, exceeded: false };
  }
  const seconds = Math.max(0, (now - last) / 1e6);
  const end = Math.min(now, last + weekMicros);
  const { rows } = await sql<{ expected: number | null }>`
    select (percentile_cont(0.5) within group (order by n))::float8 as expected
    from generate_series(1, 4) as week
    cross join lateral (
      select count(*) as n from (
        select * from event
        where connection_id = ${connectionId}
          and arrival > ${last}::bigint - week * ${weekMicros}::bigint
          and arrival <= ${end}::bigint - week * ${weekMicros}::bigint
        limit ${sql.lit(depth)}) e
      where ${live}
    ) counted
    where ${last}::bigint - week * ${weekMicros}::bigint >= ${first}::bigint`.execute(db);
  const expected = rows[0]?.expected ?? null;
  const exceeded =
    expected === null
      ? longest !== null && seconds > Math.max(shortestSilence, longestGapTimes * longest)
      : expected >= expectedEnough && seconds > shortestSilence;
  return { seconds, usual_gap_seconds: median, expected_events: expected, exceeded };
}

type Tokens = { day: number; week: number; shares: ConnectionHealthBody['unresolved_tokens'] };

async function readTokens(db: Database, connectionId: string, now: number): Promise<Tokens> {
  const { rows } = await sql<{ field: string | null; day: number; week: number }>`
    with recent as materialized (
      select e.warnings, e.arrival >= ${now}::bigint - ${weekMicros / 7}::bigint as today
      from ${newestLive(connectionId)} e where e.arrival >= ${now}::bigint - ${weekMicros}::bigint
      order by e.arrival desc limit ${newest}
    ), unresolved as (
      select r.today, w.field from recent r cross join lateral (
        select distinct field from jsonb_to_recordset(r.warnings) as w(field text, code text)
        where code = 'unresolved_token') w
    )
    select null as field, count(*) filter (where today) as day, count(*) as week from recent
    union all
    select field, count(*) filter (where today), count(*) from unresolved group by field`.execute(db);
  const all = rows.find(({ field }) => field === null)!;
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const shares = rows
    .flatMap(({ field, day, week }) =>
      field === null ? [] : [{ field, day: share(day, all.day), week: share(week, all.week) }],
    )
    .sort((a, b) => (b.week ?? 0) - (a.week ?? 0) || (a.field < b.field ? -1 : 1));
  return { day: all.day, week: all.week, shares };
}

/** From the end of each completed call, as its own fields tell it, to the arrival of the event. */
async function readDrift(db: Database, connectionId: string): Promise<Drift> {
  const { rows } = await sql<Drift>`
    with recent as (
      select e.arrival / 1e6 - extract(epoch from (e.fields ->> 'call_date')::timestamptz)
        - coalesce((e.fields ->> 'duration')::numeric, 0) as drift
      from ${newestLive(connectionId)} e where e.kind = 'completed' and e.fields ? 'call_date'
      order by e.arrival desc limit ${gapsLookedAt}
    )
    select count(*) as events, (percentile_cont(0.25) within group (order by drift))::float8 as low,
      (percentile_cont(0.5) within group (order by drift))::float8 as median,
      (percentile_cont(0.75) within group (order by drift))::float8 as high
    from recent`.execute(db);
  return rows[0]!;
}

async function readRecordings(
  db: Database,
  connectionId: string,
): Promise<ConnectionHealthBody['recordings']> {
  const { rows } = await sql<{ fetched: number; failed: number }>`
    with recent as (
      select distinct call_instance_id from (
        select e.call_instance_id from ${newestLive(connectionId)} e where e.call_instance_id is not null
        order by e.arrival desc limit ${gapsLookedAt}) newest
    )
    select count(*) filter (where s.state = 'done') as fetched, count(*) filter (where s.state = 'failed') as failed
    from recent r
    join call c on c.connection_id = ${connectionId} and c.call_instance_id = r.call_instance_id
    join call_stage s on s.call_id = c.id and s.stage = 'recording'`.execute(db);
  const { fetched, failed } = rows[0]!;
  return { fetched, failed, failing: fetched + failed === 0 ? null : failed / (fetched + failed) };
}
