-- How a call moves on, and what each stage found.

-- One row per call and stage: what the API and the pages show, and the outbox from which jobs are sent.
create table call_stage (
  call_id text not null references call on delete cascade,
  stage text not null check (stage in ('recording', 'transcribe', 'score')),
  state text not null check (state in
    ('waiting', 'queued', 'running', 'retrying', 'parked', 'done', 'failed', 'skipped')),
  -- what this run works on where that can change under it: the recording's address
  input text,
  -- rises with every (re)start; a job of an earlier run finds itself outdated and does nothing
  run int not null default 1,
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- seconds of work in the last attempt, and money it cost in USD
  seconds numeric,
  cost numeric,
  error_code text,
  error_detail text,
  primary key (call_id, stage)
);
create index call_stage_due on call_stage (due_at) where state in ('waiting', 'retrying', 'parked');
-- finished stages, nearly all of them, stay out: the index stays small, and the webhook's statement cannot be planned over it
create index call_stage_open on call_stage (stage, state) where state not in ('done', 'skipped');

-- Audio, addressed by the SHA-256 of its bytes; several calls may share one.
create table recording (
  hash text primary key,
  bytes bigint not null,
  content_type text not null,
  codec text not null,
  channels int not null,
  sample_rate int not null,
  seconds numeric not null,
  -- per channel, 0..255, evenly spaced over the recording, for the player
  peaks jsonb not null,
  warnings jsonb not null default '[]',
  created_at timestamptz not null default now()
);

create table call_recording (
  call_id text primary key references call on delete cascade,
  hash text not null references recording,
  url text not null,
  fetched_at timestamptz not null default now()
);

create table transcript (
  call_id text primary key references call on delete cascade,
  hash text not null references recording,
  language text not null,
  engine text not null,
  simulated boolean not null default false,
  turns jsonb not null,
  redactions jsonb not null default '[]',
  search tsvector not null,
  created_at timestamptz not null default now()
);
create index transcript_search on transcript using gin (search);

-- All answers of one call under one scorecard version by one judge. History is kept; call.evaluation_id names the current one.
create table evaluation (
  id text primary key,
  call_id text not null references call on delete cascade,
  scorecard text not null,
  scorecard_version text not null,
  judge text not null,
  answers jsonb not null,
  outcome jsonb not null,
  created_at timestamptz not null default now()
);
create index evaluation_by_call on evaluation (call_id, created_at desc);
