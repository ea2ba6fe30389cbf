-- Erasures that were asked for over HTTP: looking for a caller reads the whole log of events, longer than a request lasts.

create table erasure_task (
  id text primary key,
  -- E.164, only as long as it is needed; null once the task is over
  caller text,
  dry_run boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  -- why it failed, in words for people
  detail text,
  -- null: a dry run, or nothing led to the caller
  erasure_id text references erasure,
  -- how many calls, events, recordings, transcripts and evaluations
  counts jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- one that is running and silent for long has lost its process
  touched_at timestamptz not null default now(),
  finished_at timestamptz,
  check (caller is null = (state in ('done', 'failed')))
);
create index erasure_task_open on erasure_task (created_at) where state in ('waiting', 'running');
