-- Reading past events again, as a task that outlives its process; and callers whose personal data was erased.

create table replay (
  id text primary key,
  -- null: every connection
  connection_id text references connection,
  -- received at or after, and before; null: no bound
  from_at timestamptz,
  to_at timestamptz,
  -- events that arrive after it was asked for are read by the mapping in force anyway
  last_arrival bigint not null,
  -- only tells what would change
  dry_run boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- why it failed, in words for people
  detail text,
  -- a dry run reads first, and then compares the calls that it found
  phase text not null default 'reading' check (phase in ('reading', 'comparing')),
  -- events in the range; null until counted
  total bigint,
  events bigint not null default 0,
  changed bigint not null default 0,
  recovered bigint not null default 0,
  calls bigint not null default 0,
  compared bigint not null default 0,
  changed_calls bigint not null default 0,
  -- dry run: calls that change by field, and the first of them one by one
  fields jsonb not null default '{}',
  changes jsonb not null default '[]',
  -- how far it is: the last event read, or the last call compared; '' and 0 before the first
  at_connection text not null default '',
  at_arrival bigint not null default 0,
  at_id text not null default '',
  created_by text not null,
  created_at timestamptz not null default now(),
  -- one that is running and silent for long has lost its process
  touched_at timestamptz not null default now(),
  finished_at timestamptz
);
create index replay_newest on replay (connection_id, created_at desc);
create index replay_open on replay (created_at) where state in ('waiting', 'running');

-- Calls that a replay touches, while it is under way: counted once each, and compared by a dry run.
create table replay_call (
  replay_id text not null references replay on delete cascade,
  connection_id text not null,
  call_instance_id text not null,
  -- events that come to this call once they are read again
  joining text[] not null default '{}',
  primary key (replay_id, connection_id, call_instance_id)
);

-- What was erased, when and by whom; never whose it was.
create table erasure (
  id text primary key,
  created_at timestamptz not null default now(),
  -- the person, machine key or `command`
  created_by text not null,
  calls bigint not null,
  events bigint not null,
  recordings bigint not null,
  transcripts bigint not null,
  evaluations bigint not null,
  -- events about these calls that came afterwards, and were stripped on arrival
  late_events bigint not null default 0
);
create index erasure_newest on erasure (created_at desc, id desc);

-- the call that stays behind: its money, names of businesses and outcome, and nothing of the caller
alter table call add column erasure_id text references erasure;
-- when its bytes and personal fields were taken away
alter table event add column erased_at timestamptz;

-- The second look at what has arrived (src/receive/second-look.ts): how far it is, by arrival.
create table second_look (
  only_row boolean primary key default true check (only_row),
  place bigint not null
);
insert into second_look (place) values ((extract(epoch from now()) * 1e6)::bigint);
