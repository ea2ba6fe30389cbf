-- What a connection needs to fetch its recordings, and what each call's own recording has to say.

-- Hosts that serve recordings of a connection and need more than a plain public download.
create table recording_host (
  connection_id text not null references connection,
  -- `m.example`, `*.m.example`, `m.example:8443` (src/lib/host-pattern.ts)
  host text not null,
  auth_kind text check (auth_kind in ('bearer', 'basic', 'query', 'header')),
  -- the credential as JSON, AES-256-GCM under the installation secret `recording-hosts` (src/lib/seal.ts)
  auth_sealed bytea,
  auth_changed_at timestamptz,
  tls text not null default 'system' check (tls in ('system', 'own-ca', 'insecure')),
  -- PEM, with own-ca
  ca text,
  changed_at timestamptz not null default now(),
  -- the person or machine key that saved it
  changed_by text not null,
  primary key (connection_id, host),
  check ((auth_kind is null) = (auth_sealed is null)),
  check ((tls = 'own-ca') = (ca is not null))
);

-- said of this call's recording; what is said of the audio itself stands with the recording
alter table call_recording add column warnings jsonb not null default '[]';
-- an address that another call had already is not fetched again
create index call_recording_by_address on call_recording (md5(url));

-- Recordings whose place other audio of the same call took.
create table earlier_recording (
  call_id text not null references call on delete cascade,
  hash text not null references recording,
  url text not null,
  fetched_at timestamptz not null,
  replaced_at timestamptz not null default now()
);
create index earlier_recording_by_call on earlier_recording (call_id, replaced_at desc);
