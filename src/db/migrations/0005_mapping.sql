-- How a connection reads what is its own: its names, constants, date order, words for "unknown".

create table connection_mapping (
  connection_id text not null references connection,
  -- the newest is in force; older ones stay, since events name the one by which they were read
  version int not null check (version > 0),
  -- src/domain/mapping.ts
  map jsonb not null,
  created_at timestamptz not null default now(),
  -- the person or machine key that saved it
  created_by text not null,
  primary key (connection_id, version)
);

-- the version by which the stored values were read, at arrival or by a replay that changed them; null: by the
-- platform's preset alone
alter table event add column mapping_version int;

create trigger connection_mapping_changed after insert on connection_mapping
  for each statement execute function aria_connection_changed();
