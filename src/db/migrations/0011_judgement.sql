-- Scorecards in versions, who is judged by which, judging again beside what stands, and people's corrections.

-- One row per content: the file's text with the shared part under it. A published row never changes; a draft that is
-- replaced stays for the evaluations that name it.
create table scorecard_version (
  scorecard text not null,
  -- declared version and the beginning of the hash, e.g. 1+3f9a2c1d
  version text not null,
  -- SHA-256 of shared and source, hex
  hash text not null,
  title text not null,
  source text not null,
  -- text of common.yaml where the file extends it
  shared text,
  is_draft boolean not null default false,
  saved_at timestamptz not null default now(),
  saved_by text not null,
  published_at timestamptz,
  published_by text,
  primary key (scorecard, version),
  check (not (is_draft and published_at is not null))
);
create unique index scorecard_draft on scorecard_version (scorecard) where is_draft;

create function aria_scorecard_immutable() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.published_at is null then return old; end if;
    raise exception 'scorecard % % is published and cannot be removed', old.scorecard, old.version;
  end if;
  if (old.scorecard, old.version, old.hash, old.title, old.source, old.shared)
      is distinct from (new.scorecard, new.version, new.hash, new.title, new.source, new.shared) then
    raise exception 'the content of scorecard % % cannot be changed; save another version', old.scorecard, old.version;
  end if;
  if old.published_at is not null and (old.published_at, old.published_by, new.is_draft)
      is distinct from (new.published_at, new.published_by, false) then
    raise exception 'scorecard % % is published already', old.scorecard, old.version;
  end if;
  return new;
end $$;
create trigger scorecard_version_immutable before update or delete on scorecard_version
  for each row execute function aria_scorecard_immutable();

-- What was last read from a scorecard's file, so that only an edit makes a draft.
create table scorecard_file (
  scorecard text primary key,
  version text not null
);

-- Which scorecard a call is judged by: the first rule whose named conditions all hold. Null: does not matter.
create table scorecard_rule (
  position int primary key,
  connection_id text references connection,
  vertical text,
  buyer_name text,
  campaign_name text,
  scorecard text not null,
  -- null: the newest published version
  version text,
  note text not null default ''
);

-- Rises with every change of the above, so that each process knows when to read it again.
create table scorecard_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 1
);
insert into scorecard_revision default values;
create function aria_scorecards_changed() returns trigger language plpgsql as $$
begin
  update scorecard_revision set revision = revision + 1;
  return null;
end $$;
create trigger scorecard_version_changed after insert or update or delete on scorecard_version
  for each statement execute function aria_scorecards_changed();
create trigger scorecard_rule_changed after insert or update or delete on scorecard_rule
  for each statement execute function aria_scorecards_changed();

create index evaluation_by_version on evaluation (scorecard, scorecard_version);

-- Judging again: a task over a range of calls, with its results beside what stands until published or dropped.
create table rescore (
  id text primary key,
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'ready', 'publishing', 'published', 'dropped', 'failed')),
  -- calls at or after, and before
  from_at timestamptz,
  to_at timestamptz,
  connection_id text,
  -- both null: each call's own scorecard; version 'draft' while waiting, then the draft's own
  scorecard text,
  version text,
  -- each call's own scorecard, but its draft where there is one
  drafts boolean not null default false,
  -- also calls for which another scorecard is meant
  every_call boolean not null default false,
  judge text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  total int,
  done int not null default 0,
  -- who works on it says so every few seconds; silent for a minute: another goes on
  worker text,
  touched_at timestamptz,
  detail text
);
create index rescore_newest on rescore (created_at desc);

-- One row per call of the range from the start, so that the range stays what it was.
create table rescore_result (
  rescore_id text not null references rescore on delete cascade,
  call_id text not null,
  state text not null default 'open' check (state in ('open', 'judged', 'skipped', 'published')),
  -- the evaluation made now, and the one that stood then
  evaluation_id text,
  base_evaluation_id text,
  before jsonb,
  after jsonb,
  -- which fields of the outcome would change
  changed text[] not null default '{}',
  disagreements_before text[] not null default '{}',
  disagreements_after text[] not null default '{}',
  -- why it could not be judged
  skipped text,
  primary key (rescore_id, call_id)
);
create index rescore_result_open on rescore_result (rescore_id, call_id) where state = 'open';
create index rescore_result_judged on rescore_result (rescore_id, call_id) where state = 'judged';
create index rescore_result_changed on rescore_result (rescore_id, call_id) where changed <> '{}';

-- What a person says about a call against, or in agreement with, the judge. Undone reviews are kept.
create table review (
  id text primary key,
  call_id text not null references call on delete cascade,
  field text not null check (field in ('answer', 'reached', 'prospect', 'result', 'billable', 'flag')),
  -- criterion of an answer, name of a flag, else ''
  subject text not null default '',
  value text not null,
  -- why not a prospect, or which gate failed
  prospect_reason text,
  evidence jsonb not null default '[]',
  reason text not null,
  -- what the judge had said when the person looked
  judged text,
  reviewed_by text not null,
  reviewed_at timestamptz not null default now(),
  undone_by text,
  undone_at timestamptz
);
create unique index review_standing on review (call_id, field, subject) where undone_at is null;
create index review_by_call on review (call_id, id desc);
