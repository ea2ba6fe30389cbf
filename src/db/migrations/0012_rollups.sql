-- Sums of calls, so that reports need not read them: by hour, day and month (UTC) and one field of the call at a time.
-- docs/decisions/0013-rollups.md says why and how.

-- The same caller had called the same campaign and buyer within 30 days before; decided while folding.
alter table call add column is_repeat boolean not null default false;

-- One row per hour, dimension and value of it. Columns are the measures of src/report/measures.ts.
create table rollup_hour (
  dimension text not null,
  slot timestamptz not null,
  key text,
  calls int not null,
  connected int not null,
  duplicates int not null,
  repeats int not null,
  converted int not null,
  converted_connected int not null,
  connected_seconds numeric not null,
  connect_wait numeric not null,
  connect_wait_known int not null,
  scored int not null,
  scored_connected int not null,
  conversations int not null,
  qualified int not null,
  qualified_conversations int not null,
  billable int not null,
  to_review int not null,
  heard_sales int not null,
  flagged int not null,
  score numeric not null,
  score_squares numeric not null,
  score_known int not null,
  reviewed int not null,
  overridden int not null,
  verdicts int not null,
  verdicts_same int not null,
  judged_yes int not null,
  judged_no int not null,
  said_yes int not null,
  said_no int not null,
  billed int not null,
  reported_sales int not null,
  sale_amount numeric not null,
  sale_amount_known int not null,
  revenue numeric not null,
  revenue_known int not null,
  revenue_connected numeric not null,
  revenue_connected_known int not null,
  payout numeric not null,
  payout_known int not null,
  cost numeric not null,
  cost_known int not null,
  disagreements int not null,
  billed_not_qualified int not null,
  billed_not_qualified_money numeric not null,
  qualified_not_billed int not null,
  sale_heard_not_reported int not null,
  sale_reported_not_heard int not null,
  sale_reported_not_heard_money numeric not null,
  sale_reported_not_heard_known int not null,
  billed_money numeric not null,
  sold int not null,
  sold_money numeric not null,
  unique nulls not distinct (dimension, slot, key)
);
create index rollup_hour_by_key on rollup_hour (dimension, key, slot);
create table rollup_day (like rollup_hour including indexes);
create table rollup_month (like rollup_hour including indexes);

-- Calls whose worth is estimated from what their buyer pays for others: a count per buyer beside the key.
create table rollup_estimate_hour (
  dimension text not null,
  slot timestamptz not null,
  key text,
  buyer text,
  qualified_not_billed int not null,
  sale_heard_not_reported int not null,
  unique nulls not distinct (dimension, slot, key, buyer)
);
create index rollup_estimate_hour_by_key on rollup_estimate_hour (dimension, key, slot);
create table rollup_estimate_day (like rollup_estimate_hour including indexes);
create table rollup_estimate_month (like rollup_estimate_hour including indexes);

-- Hours whose calls changed since they were folded: reports read the calls of these. Written by triggers, so that no
-- writer can forget it; appended only, so that writers never wait for each other.
create table rollup_mark (slot timestamptz not null);
create index rollup_mark_slot on rollup_mark (slot);

-- What a call's money and outcome were before they became something else. What was unknown before is no change.
create table call_change (
  id bigint generated always as identity primary key,
  call_id text not null references call on delete cascade,
  changed_at timestamptz not null default now(),
  field text not null,
  before text,
  after text,
  -- the newest event of the call where one had just come; else null: a replay, a rule, a person
  event_id text,
  -- the evaluation that is now current, where a finding changed
  evaluation_id text
);
create index call_change_by_call on call_change (call_id, id);
create index call_change_newest on call_change (changed_at desc, id desc);

create function aria_hour(at timestamptz) returns timestamptz immutable strict parallel safe
return date_bin('1 hour', at, '2000-01-01T00:00:00Z');

create function aria_call_inserted() returns trigger language plpgsql as $$
begin
  insert into rollup_mark select distinct aria_hour(call_at) from fresh;
  return null;
end $$;

create function aria_call_deleted() returns trigger language plpgsql as $$
begin
  insert into rollup_mark select distinct aria_hour(call_at) from gone;
  return null;
end $$;

-- its plan is made while tables are small and kept; a scan of all events would be chosen then, and stay
create function aria_call_updated() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  -- an insert that met no call of the same id comes by here with nothing
  if not exists (select from fresh) then return null; end if;
  insert into rollup_mark
  select aria_hour(call_at) from gone union select aria_hour(call_at) from fresh;

  insert into call_change (call_id, field, before, after, event_id, evaluation_id)
  select n.id, f.field, f.before, f.after,
    case when not f.found then (
      select e.id from event e
      where e.connection_id = n.connection_id and e.call_instance_id = n.call_instance_id
        and e.status = 'accepted' and e.received_at > now() - interval '1 minute'
      order by e.arrival desc limit 1) end,
    case when f.found then n.evaluation_id end
  from fresh n join gone o on o.id = n.id
  cross join lateral (values
    ('converted', false, o.converted::text, n.converted::text),
    ('revenue', false, o.revenue::text, n.revenue::text),
    ('affiliate_payout', false, o.affiliate_payout::text, n.affiliate_payout::text),
    ('cost', false, o.cost::text, n.cost::text),
    ('sale_amount', false, o.sale_amount::text, n.sale_amount::text),
    ('sale_count', false, o.sale_count::text, n.sale_count::text),
    ('reached', true, o.reached, n.reached),
    ('prospect', true, o.prospect, n.prospect),
    ('reason', true, o.reason, n.reason),
    ('result', true, o.result, n.result),
    ('billable', true, o.billable, n.billable),
    ('score', true, o.score::text, n.score::text)
  ) f(field, found, before, after)
  where (o.converted, o.revenue, o.affiliate_payout, o.cost, o.sale_amount, o.sale_count, o.reached, o.prospect, o.reason,
      o.result, o.billable, o.score)
    is distinct from (n.converted, n.revenue, n.affiliate_payout, n.cost, n.sale_amount, n.sale_count, n.reached,
      n.prospect, n.reason, n.result, n.billable, n.score)
    and f.before is distinct from f.after
    and case when f.found then o.scored_at is not null else f.before is not null end
    and case when f.field in ('converted', 'reached', 'prospect', 'reason', 'result', 'billable') then true
      else f.before::numeric is distinct from f.after::numeric end;
  return null;
end $$;

create trigger call_inserted after insert on call referencing new table as fresh
  for each statement execute function aria_call_inserted();
create trigger call_deleted after delete on call referencing old table as gone
  for each statement execute function aria_call_deleted();
create trigger call_updated after update on call referencing old table as gone new table as fresh
  for each statement execute function aria_call_updated();

-- a person's review counts with its call
create function aria_review_changed() returns trigger language plpgsql as $$
begin
  insert into rollup_mark select aria_hour(c.call_at) from call c where c.id in (new.call_id, old.call_id);
  return null;
end $$;
create trigger review_changed after insert or update or delete on review
  for each row execute function aria_review_changed();

-- Each call as it was first reported and first judged; its generated columns computed anew.
create view call_first as
select c.id, c.connection_id, c.call_instance_id, c.first_event_at, c.call_date, c.call_at, c.is_test, c.extra,
  c.publisher_name, c.publisher_sub_id, c.subsource, c.buyer_name, c.campaign_name, c.campaign_id, c.target_name,
  c.vertical, c.inbound_number_state, c.zip_code, c.branch_name, c.data_source, c.end_call_source, c.caller_id,
  c.client_id, c.client_lead_id, c.campaign_tracking_id, c.target_did, c.target_sub_id, c.referrer_url, c.duration, c.connected_call_length, c.connected, c.is_duplicate, c.is_repeat, c.time_to_call,
  c.time_to_connect, c.flags, c.scored_at, c.evaluation_id, c.billable_reason,
  f.*,
  coalesce(f.revenue > 0, false) as reported_billed,
  s.sold as reported_sale,
  coalesce(f.result in ('sale', 'application'), false) as heard_sale,
  coalesce(f.revenue > 0 and f.billable = 'no', false) as billed_not_qualified,
  coalesce(f.billable = 'yes' and coalesce(f.revenue, 0) <= 0, false) as qualified_not_billed,
  coalesce(f.result = 'sale', false) and not s.sold as sale_heard_not_reported,
  s.sold and coalesce(f.result not in ('sale', 'application'), false) as sale_reported_not_heard
from call c
left join lateral (
  select jsonb_object_agg(b.field, b.before) as fields
  from (select distinct on (field) field, before from call_change where call_id = c.id order by field, id) b
) h on true
cross join lateral (select
  case when h.fields ? 'converted' then (h.fields ->> 'converted')::boolean else c.converted end as converted,
  case when h.fields ? 'revenue' then (h.fields ->> 'revenue')::numeric else c.revenue end as revenue,
  case when h.fields ? 'affiliate_payout' then (h.fields ->> 'affiliate_payout')::numeric
    else c.affiliate_payout end as affiliate_payout,
  case when h.fields ? 'cost' then (h.fields ->> 'cost')::numeric else c.cost end as cost,
  case when h.fields ? 'sale_amount' then (h.fields ->> 'sale_amount')::numeric else c.sale_amount end as sale_amount,
  case when h.fields ? 'sale_count' then (h.fields ->> 'sale_count')::numeric else c.sale_count end as sale_count,
  case when h.fields ? 'reached' then h.fields ->> 'reached' else c.reached end as reached,
  case when h.fields ? 'prospect' then h.fields ->> 'prospect' else c.prospect end as prospect,
  case when h.fields ? 'reason' then h.fields ->> 'reason' else c.reason end as reason,
  case when h.fields ? 'result' then h.fields ->> 'result' else c.result end as result,
  case when h.fields ? 'billable' then h.fields ->> 'billable' else c.billable end as billable,
  case when h.fields ? 'score' then (h.fields ->> 'score')::numeric else c.score end as score
) f
cross join lateral (select coalesce(f.sale_count > 0, false) or coalesce(f.sale_amount > 0, false) as sold) s;

-- calls that were there before
insert into rollup_mark select distinct aria_hour(call_at) from call;
