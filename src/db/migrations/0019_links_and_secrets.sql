-- What is sent out stays in hand: links to scorecards can be taken back, secrets of webhooks are stored sealed, and
-- repeated calls are found again when an earlier call of the same caller turns out to be another's.

create table share_link (
  id text primary key,
  -- what it opens: party, name, days and zone
  query jsonb not null,
  made_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text
);
create index share_link_newest on share_link (created_at desc, id desc);

-- nonce, tag and ciphertext; opens only for its own schedule
alter table schedule add column secret_sealed bytea;

-- Whether a call repeats an earlier one is decided when its own hour is folded. Folding also looks at what came after
-- the calls of an hour; only whose a call was before, when it was before, and calls that are gone, it cannot see.
create function aria_caller_left() returns trigger language plpgsql as $$
begin
  insert into rollup_mark
  select distinct aria_hour(c.call_at) from call c
  where c.caller_id = old.caller_id and c.is_repeat
    and c.call_at > old.call_at and c.call_at <= old.call_at + interval '30 days';
  return null;
end $$;
create trigger call_caller_changed after update on call for each row
  when (old.caller_id is not null
    and (old.caller_id is distinct from new.caller_id or old.call_at is distinct from new.call_at))
  execute function aria_caller_left();
create trigger call_caller_gone after delete on call for each row
  when (old.caller_id is not null)
  execute function aria_caller_left();
