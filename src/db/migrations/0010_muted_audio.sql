-- Audio without the numbers that were removed from its transcript, and what else is known of a recording's sound.

alter table recording
  -- SHA-256 of the copy in which the removed stretches are silent; null: there is nothing to mute, the recording itself is played
  add column muted_hash text,
  add column muted_bytes bigint,
  add column muted_content_type text,
  -- SHA-256 of the original under AES-256-GCM, where the operator keeps originals; null: not kept
  add column sealed_hash text,
  -- stretches that are silent in the copy: [{"start": 1.5, "end": 4.25}, …], in seconds
  add column muted_spans jsonb not null default '[]',
  -- what is heard besides speech: [{"kind": "music", "start": 0, "end": 30}, …]
  add column marks jsonb not null default '[]',
  -- per channel, mean level in dBFS; null: recorded before this was measured
  add column loudness jsonb,
  -- share of the recording in which nobody and nothing is heard, 0 to 1
  add column silence numeric;

-- Files that are no longer to be there. They are named in the transaction that makes them superfluous and removed
-- right after it, again and again until they are gone.
create table file_removal (
  hash text primary key,
  requested_at timestamptz not null default now()
);
