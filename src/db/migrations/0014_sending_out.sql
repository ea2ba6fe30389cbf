-- What the reading side keeps of its own: payable durations, saved reports, what is sent out and when, and exports.

-- From how many connected seconds calls are paid. An empty name stands for all.
create table payable_duration (
  connection_id text not null default '',
  campaign_name text not null default '',
  seconds numeric not null check (seconds > 0),
  primary key (connection_id, campaign_name)
);

create table export_task (
  id text primary key,
  kind text not null,
  format text not null check (format in ('csv', 'xlsx', 'parquet')),
  query jsonb not null,
  -- ids of columns, in order; null: all
  columns text[],
  requested_by text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  rows_done bigint not null default 0,
  -- from statistics where counting would take long
  rows_expected bigint,
  bytes bigint,
  detail text,
  created_at timestamptz not null default now(),
  -- a running export that is silent this long has lost its process, and is begun anew
  touched_at timestamptz not null default now(),
  finished_at timestamptz,
  -- when its file is removed
  expires_at timestamptz
);
create index export_task_newest on export_task (created_at desc, id desc);
create index export_task_open on export_task (created_at) where state in ('waiting', 'running');

create table saved_report (
  id text primary key,
  name text not null check (name <> ''),
  owner text not null,
  -- which page shows it, and what it is asked; periods stay relative
  page text not null,
  query jsonb not null,
  created_at timestamptz not null default now(),
  unique (owner, name)
);

create table schedule (
  id text primary key,
  saved_report_id text not null references saved_report on delete cascade,
  every text not null check (every in ('day', 'week', 'month')),
  -- 1 Monday … 7 Sunday, for every week
  weekday smallint check (weekday between 1 and 7),
  -- 1 … 31, for every month; the last day where the month is shorter
  day_of_month smallint check (day_of_month between 1 and 31),
  at_time time not null,
  time_zone text not null,
  channel text not null check (channel in ('email', 'webhook')),
  recipients text[] not null default '{}',
  url text,
  -- signs what is posted
  secret text,
  content text not null check (content in ('link', 'csv', 'xlsx', 'parquet')),
  active boolean not null default true,
  next_due_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index schedule_due on schedule (next_due_at) where active;

-- One row per due time, however many workers look.
create table schedule_run (
  id text primary key,
  schedule_id text not null references schedule on delete cascade,
  due_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'retrying', 'done', 'failed')),
  attempts int not null default 0,
  next_try_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  error_code text,
  error_detail text,
  unique (schedule_id, due_at)
);
create index schedule_run_open on schedule_run (next_try_at) where state in ('waiting', 'running', 'retrying');
create index schedule_run_newest on schedule_run (schedule_id, due_at desc);
