-- What arrives: connections with their keys, every event, and the calls that the events make together.

create table connection (
  id text primary key,
  name text not null unique check (name <> ''),
  platform text not null,
  time_zone text not null,
  currency text not null,
  default_country text not null,
  channel_layout text not null,
  scorecard text,
  state text not null default 'active' check (state in ('active', 'paused')),
  created_at timestamptz not null default now(),
  -- requests that named this connection and failed authentication: counted, never stored
  refused_count bigint not null default 0,
  refused_at timestamptz
);

-- Keys are 256 random bits, so a plain SHA-256 is enough to store; the key itself is shown once.
create table connection_key (
  id text primary key,
  connection_id text not null references connection,
  hash bytea not null unique,
  hint text not null,
  created_at timestamptz not null default now(),
  -- set on rotation: until then the old key works beside the new one
  expires_at timestamptz
);

-- event and call name their connection without a foreign key: connections are never deleted, and the check
-- would lock the connection's row at every event
create table event (
  id text primary key,
  connection_id text not null,
  -- null where the request names no call: such an event is quarantined
  call_instance_id text,
  -- SHA-256 of the connection and the canonical body without the key; an exact repeat is the same event
  fingerprint bytea not null unique,
  -- microseconds since 1970 by the database's clock, strictly rising within one process; decides "later"
  arrival bigint not null,
  received_at timestamptz not null default now(),
  deliveries int not null default 1,
  status text not null check (status in ('accepted', 'quarantined', 'skipped')),
  kind text,
  is_test boolean not null default false,
  -- the request as it came, less the key: method, path, query, content type, body bytes
  method text not null,
  query text not null default '',
  content_type text not null default '',
  body bytea not null,
  -- as read at arrival or at the last replay
  fields jsonb not null default '{}',
  extra jsonb not null default '{}',
  warnings jsonb not null default '[]'
);
-- an event is little more than 2 kB: trying to compress each would cost a sixth of the ingest
alter table event set (toast_tuple_target = 8160);
create index event_by_call on event (connection_id, call_instance_id, arrival);
create index event_newest on event (connection_id, arrival desc);
create index event_quarantined on event (connection_id, arrival desc) where status = 'quarantined';

create table call (
  id text primary key,
  connection_id text not null,
  call_instance_id text not null,
  first_event_at timestamptz not null default now(),
  last_event_at timestamptz not null default now(),
  event_count int not null default 1,
  -- place in the order of merging (kindRank, arrival) of the last event merged; an event that belongs before it
  -- makes the call stale, and a stale call is folded anew from its events before the sender is answered
  merged_rank smallint not null,
  merged_arrival bigint not null,
  stale boolean not null default false,
  is_test boolean not null default false,

  buyer_name text,
  client_id text,
  call_date timestamptz,
  caller_id text,
  campaign_id text,
  campaign_name text,
  campaign_tracking_id text,
  connected_call_length numeric,
  converted boolean,
  duration numeric,
  end_call_source text,
  inbound_number_state text,
  is_duplicate boolean,
  cost numeric,
  publisher_sub_id text,
  publisher_name text,
  recording text,
  referrer_url text,
  revenue numeric,
  subsource text,
  target_did text,
  target_name text,
  target_sub_id text,
  time_to_call numeric,
  time_to_connect numeric,
  zip_code text,
  data_source text,
  vertical text,
  sale_amount numeric,
  sale_count numeric,
  client_lead_id text,
  branch_name text,
  affiliate_payout numeric,
  extra jsonb not null default '{}',

  -- what Aria found; null until scored
  evaluation_id text,
  reached text,
  prospect text,
  reason text,
  result text,
  billable text,
  billable_reason text,
  score numeric,
  flags text[] not null default '{}',
  explanation text,
  scored_at timestamptz,

  -- what reports count by: the call's own time, or its first arrival where the sender gave none
  call_at timestamptz not null generated always as (coalesce(call_date, first_event_at)) stored,
  connected boolean not null generated always as (coalesce(connected_call_length > 0, false)) stored,

  -- reported outcome, as the platform told it
  reported_billed boolean not null generated always as (coalesce(revenue > 0, false)) stored,
  reported_sale boolean not null
    generated always as (coalesce(sale_count > 0, false) or coalesce(sale_amount > 0, false)) stored,
  heard_sale boolean not null
    generated always as (coalesce(result in ('sale', 'application'), false)) stored,

  -- the four disagreements of docs/concepts.md; the one place that defines them
  billed_not_qualified boolean not null
    generated always as (coalesce(revenue > 0 and billable = 'no', false)) stored,
  qualified_not_billed boolean not null
    generated always as (coalesce(billable = 'yes' and coalesce(revenue, 0) <= 0, false)) stored,
  sale_heard_not_reported boolean not null
    generated always as (coalesce(result = 'sale', false)
      and not coalesce(sale_count > 0, false) and not coalesce(sale_amount > 0, false)) stored,
  sale_reported_not_heard boolean not null
    generated always as ((coalesce(sale_count > 0, false) or coalesce(sale_amount > 0, false))
      and coalesce(result not in ('sale', 'application'), false)) stored,

  unique (connection_id, call_instance_id)
);
create index call_newest on call (call_at desc, id desc);
create index call_by_publisher on call (publisher_name, call_at desc);
create index call_by_buyer on call (buyer_name, call_at desc);
create index call_stale on call (id) where stale;

create function aria_connection_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('aria_connection', '');
  return null;
end $$;
create trigger connection_changed after insert or delete or update of platform, time_zone, currency,
  default_country, channel_layout, scorecard, state on connection
  for each statement execute function aria_connection_changed();
create trigger connection_key_changed after insert or update or delete on connection_key
  for each statement execute function aria_connection_changed();
