import type pg from 'pg';

/** Calls that are generated in one statement. */
const batch = 500_000;

/**
 * So many calls of a year that ended yesterday, written straight into the table: 60 publishers by a power law, 40 buyers
 * of 8 verticals with prices of their own, 120 campaigns, 120 targets, 90 connections, busy and quiet hours, four in
 * five connected, most of those judged, sales reported up to a month later. The same for the same count.
 */
export async function generateCalls(
  pool: pg.Pool,
  count: number,
  say: (text: string) => void,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`
      insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
      select 'con_' || lpad(i::text, 3, '0'), 'Connection ' || i, 'ringba', 'America/New_York', 'USD', 'US', 'caller-agent'
      from generate_series(0, 89) i on conflict do nothing`);
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
      select i.indexname as name, i.indexdef as definition from pg_indexes i
      where i.tablename = 'call' and not exists (select from pg_constraint c where c.conname = i.indexname)`);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    // as if each had been folded long ago: the sums are made in one go afterwards
    await client.query(
      `set session_replication_role = replica; set work_mem = '256MB'; set synchronous_commit = off`,
    );
    await client.query('select setseed(0.42)');
    for (let from = 0; from < count; from += batch) {
      await client.query(statement, [from, Math.min(batch, count - from), count]);
      say(`${Math.min(count, from + batch)} of ${count} calls`);
    }
    await client.query(`reset session_replication_role; reset work_mem; reset synchronous_commit`);
    await client.query(`set maintenance_work_mem = '1GB'`);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('vacuum (analyze) call');
    await client.query('reset maintenance_work_mem');
  } finally {
    client.release();
  }
}

/** $1 number of the first call, $2 how many, $3 how many in all. */
const statement = `
with r as (
  select n, floor(60 * power(random(), 3))::int as p, random() as campaign, random() as b, random() as t, random() as st,
    random() as u1, random() as u2, random() as u3, random() as u4, random() as u5, random() as u6, random() as u7,
    random() as u8, random() as u9, random() as late,
    -- spread evenly over the year, in order, and within its day towards the afternoon
    date_trunc('day', now(), 'UTC') - interval '365 days' + floor((n::float8 / $3) * 365) * interval '1 day'
      + ((11 + 13 * (random() + random()) / 2) * 3600 * 1000)::int * interval '1 millisecond' as at
  from generate_series($1::int, $1::int + $2::int - 1) n
), w as (
  select r.*, p * 2 + floor(campaign * 2)::int as k, (p * 2 + floor(campaign * 2)::int) % 8 as v from r
), x as (
  select w.*, v * 5 + floor(5 * b * b)::int as buyer, u1 < 0.8 as joined,
    case when u1 < 0.8 then floor(8 - 190 * ln(1 - u2 * 0.995))::int else 0 end as seconds
  from w
), y as (
  select x.*, joined and seconds >= 90 as paid, joined and seconds >= 15 and u3 < 0.9 as judged,
    round((12 + buyer * 1.25 + 6 * u4)::numeric, 2) as price from x
), z as (
  select y.*,
    case when not judged then null when seconds < 40 then (array['caller_left', 'voicemail', 'ivr_only', 'agent_left'])[1 + floor(u5 * 4)::int]
      else 'conversation' end as reached,
    case when not judged then null when seconds < 40 then 'unknown' when u6 < 0.52 then 'qualified' when u6 < 0.8 then 'unqualified'
      when u6 < 0.93 then 'not_a_prospect' else 'unknown' end as prospect,
    case when not judged then null when seconds < 40 or u6 >= 0.52 then (array['none', 'information'])[1 + floor(u7 * 1.3)::int]
      else (array['information', 'quote', 'quote', 'callback', 'appointment', 'application', 'sale'])[1 + floor(u7 * 7)::int]
      end as result
  from y
)
insert into call (id, connection_id, call_instance_id, first_event_at, last_event_at, event_count, merged_rank,
  merged_arrival, buyer_name, call_date, caller_id, campaign_id, campaign_name, connected_call_length, converted, duration,
  end_call_source, inbound_number_state, is_duplicate, cost, publisher_sub_id, publisher_name, recording, revenue,
  subsource, target_name, time_to_connect, zip_code, data_source, vertical, sale_amount, sale_count, branch_name,
  affiliate_payout, reached, prospect, reason, result, billable, billable_reason, score, flags, explanation, scored_at)
select 'call_' || lpad(n::text, 26, '0'), 'con_' || lpad(((p * 3 / 2 + floor(campaign * 2)::int) % 90)::text, 3, '0'),
  'RGB' || lpad(n::text, 20, '0'), at + interval '5 seconds', at + interval '20 minutes' + late * late * interval '30 days',
  1 + (late > 0.7)::int, 2, extract(epoch from at)::bigint * 1000000,
  'Buyer ' || buyer, at, '+1' || (2000000000 + floor(u8 * 8e9)::bigint)::text, 'cmp-' || k, 'Campaign ' || k, seconds,
  paid, seconds + 20, (array['caller', 'agent', 'system'])[1 + floor(u9 * 3)::int],
  (array['AL','AZ','AR','CA','CO','CT','DE','FL','GA','ID','IL','IN','IA','KS','KY','LA','ME','MD','MA','MI','MN','MS','MO',
    'MT','NE','NV','NH','NJ','NM','NY','NC','ND','OH','OK','OR','PA','RI','SC','SD','TN','TX','UT','VT','VA','WA','WV',
    'WI','WY'])[1 + floor(48 * st * sqrt(st))::int],
  u9 < 0.06, 0.05, 'sub-' || floor(u5 * 300)::int, 'Publisher ' || p, 'https://recordings.example.com/' || n || '.mp3',
  case when paid then price else 0 end, 'source-' || floor(u4 * 20)::int,
  'Target ' || (buyer * 3 + floor(t * 3)::int), floor(2 + 14 * u3)::int, lpad(floor(u2 * 99999)::int::text, 5, '0'),
  (array['web', 'radio', 'search'])[1 + floor(u6 * 3)::int],
  (array['medicare', 'aca', 'auto', 'home-services', 'injury', 'debt', 'solar', 'final-expense'])[1 + v],
  case when result = 'sale' and late < 0.85 or judged and late > 0.99 then round((80 + 900 * u1 * u2)::numeric, 2) end,
  case when result = 'sale' and late < 0.85 or judged and late > 0.99 then 1 end, 'Branch ' || (buyer % 7),
  case when paid then round(price * 0.7, 2) else 0 end,
  reached, prospect, case when prospect = 'unqualified' then (array['homeowner', 'service_area', 'age'])[1 + floor(u7 * 3)::int]
    when prospect = 'not_a_prospect' then (array['wrong_number', 'existing_customer', 'solicitor'])[1 + floor(u7 * 3)::int] end,
  result, case when not judged then null when prospect = 'qualified' and late < 0.97 then 'yes' when u5 < 0.06 then 'review' else 'no' end,
  case when judged then 'rule' end, case when judged and seconds >= 40 then round((100 * u7)::numeric) end,
  case when judged and u4 < 0.03 then array['dnc_request'] else '{}' end, case when judged then 'As generated.' end,
  case when judged then at + interval '25 minutes' end
from z order by at`;
