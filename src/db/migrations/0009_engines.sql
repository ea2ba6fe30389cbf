-- Which speech engines a connection uses, what each transcript took, and which engine rests.

-- in the order in which they are asked; null: the order of the installation (ARIA_ENGINES)
alter table connection add column engines text[] check (cardinality(engines) > 0);

alter table transcript
  -- src/domain/engine.ts; `engine` names provider and model. Null: nothing was heard, or an older transcript
  add column engine_name text,
  -- length of the recording, work of the engine (waiting for its answer included), USD; null: not known
  add column audio_seconds numeric,
  add column engine_seconds numeric,
  add column cost numeric,
  -- for people: what is less good about this transcript
  add column warnings jsonb not null default '[]',
  -- engines asked before, in vain: [{engine, code, detail}]
  add column tried jsonb not null default '[]';
-- what engines did of late is summed by time
create index transcript_newest on transcript (created_at desc);

-- Engines that failed for a reason of their own (key, credit, model): they rest until that is mended, and one call
-- tries now and then. One row per engine, however many calls meet it.
create table engine_alert (
  engine text primary key,
  -- fingerprint of the settings that failed: with other settings the engine is asked again at once
  settings text not null,
  code text not null,
  detail text not null,
  since timestamptz not null default now(),
  last_at timestamptz not null default now(),
  -- when one call may try again
  try_at timestamptz not null
);
