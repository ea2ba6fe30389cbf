-- Backfill: files of calls that become events like those that are posted.

create table import (
  id text primary key,
  connection_id text not null references connection,
  -- `upload`: the file lies in the data folder, and any serving process goes on with it; `file`: a command reads it
  source text not null check (source in ('upload', 'file')),
  file_name text not null,
  -- by the file's content a command that was stopped finds where it stood
  sha256 bytea not null,
  bytes bigint not null,
  format text not null check (format in ('csv', 'ndjson')),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  -- why it failed, in words for people
  detail text,
  -- how far it is: rows up to here are stored, or listed in import_error
  rows_read bigint not null default 0,
  bytes_read bigint not null default 0,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  quarantined bigint not null default 0,
  skipped bigint not null default 0,
  unreadable bigint not null default 0,
  warned bigint not null default 0,
  created_at timestamptz not null default now(),
  -- a running import that is silent this long has lost its process
  touched_at timestamptz not null default now(),
  finished_at timestamptz
);
create index import_newest on import (connection_id, created_at desc);
create index import_open on import (created_at) where state in ('waiting', 'running');

create table import_error (
  import_id text not null references import on delete cascade,
  row_number bigint not null,
  line bigint not null,
  reason text not null,
  primary key (import_id, row_number)
);

-- Imported calls wait for live ones: lower goes later. A stage hands its priority on to the next.
alter table call_stage add column priority smallint not null default 0;
create index call_stage_turn on call_stage (priority desc, due_at) where state in ('waiting', 'retrying');

-- For the page of events: those that could not be read as they came.
create index event_warned on event (connection_id, arrival desc) where warnings <> '[]';
