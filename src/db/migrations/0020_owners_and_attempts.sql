-- Whose a schedule is, and which attempt at an export or a run is the one that counts, so that a process that was taken
-- for dead cannot finish what another has begun anew.

-- a person's e-mail address or a machine key's name; null: made before this was noted
alter table schedule
  add column owner text,
  add column owner_kind text check (owner_kind in ('person', 'key', 'command line'));

alter table export_task add column attempts int not null default 0;

-- when the process that sends it was last heard of
alter table schedule_run add column touched_at timestamptz;
