-- Outcomes that depend on other calls follow when those come late; what a rescore put in force stays in force; a rescore
-- waits for what it needs.

-- For which scorecard the call was meant when the judgement that stands was made: its id, with @version where a rule
-- names one; '' for none. An event that leaves this as it is does not replace the version that stands. Null: not known,
-- the judgement is older than this column.
alter table call add column meant_for text;

-- A rescore that waits for a server to come back, or for tomorrow's money.
alter table rescore add column due_at timestamptz;

-- Whether its billing rules may ask for an earlier call of the same caller. A mention in a comment counts: that costs a
-- look, no wrong outcome.
alter table scorecard_version add column asks_earlier_call boolean not null generated always as (
  source like '%duplicate\_within\_days%' or coalesce(shared, '') like '%duplicate\_within\_days%') stored;
create index scorecard_asking_earlier_call on scorecard_version (scorecard) where asks_earlier_call;

-- A connected call of a caller with a buyer that came to be, became another or went away after later ones may have been
-- decided. Written by triggers, so that no writer can forget it; appended only, so that writers never wait for each
-- other; gone within seconds (src/score/decide-later-calls.ts).
create table earlier_call_mark (
  id bigint generated always as identity primary key,
  caller_id text not null,
  buyer_name text not null,
  call_at timestamptz not null
);

create function aria_earlier_call_inserted() returns trigger language plpgsql as $$
begin
  if not exists (select from scorecard_version where asks_earlier_call) then return null; end if;
  insert into earlier_call_mark (caller_id, buyer_name, call_at)
  select caller_id, buyer_name, call_at from fresh
  where connected and not is_test and caller_id is not null and buyer_name is not null and erasure_id is null;
  return null;
end $$;

create function aria_earlier_call_deleted() returns trigger language plpgsql as $$
begin
  if not exists (select from scorecard_version where asks_earlier_call) then return null; end if;
  insert into earlier_call_mark (caller_id, buyer_name, call_at)
  select caller_id, buyer_name, call_at from gone
  where connected and not is_test and caller_id is not null and buyer_name is not null and erasure_id is null;
  return null;
end $$;

create function aria_earlier_call_updated() returns trigger language plpgsql as $$
begin
  if not exists (select from scorecard_version where asks_earlier_call) then return null; end if;
  insert into earlier_call_mark (caller_id, buyer_name, call_at)
  select k.caller_id, k.buyer_name, k.call_at
  from fresh n join gone o on o.id = n.id
  cross join lateral (values
    (o.caller_id, o.buyer_name, o.call_at, o.connected and not o.is_test),
    (n.caller_id, n.buyer_name, n.call_at, n.connected and not n.is_test)
  ) k(caller_id, buyer_name, call_at, counts)
  where (o.caller_id, o.buyer_name, o.call_at, o.connected, o.is_test)
      is distinct from (n.caller_id, n.buyer_name, n.call_at, n.connected, n.is_test)
    and n.erasure_id is null and k.counts and k.caller_id is not null and k.buyer_name is not null;
  -- of a caller who is erased no mark stays either
  delete from earlier_call_mark m using fresh n, gone o
  where o.id = n.id and n.erasure_id is not null and o.erasure_id is null and m.caller_id = o.caller_id;
  return null;
end $$;

create trigger earlier_call_inserted after insert on call referencing new table as fresh
  for each statement execute function aria_earlier_call_inserted();
create trigger earlier_call_deleted after delete on call referencing old table as gone
  for each statement execute function aria_earlier_call_deleted();
create trigger earlier_call_updated after update on call referencing old table as gone new table as fresh
  for each statement execute function aria_earlier_call_updated();
