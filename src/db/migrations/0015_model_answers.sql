-- What language models answered about calls and what it took: so that the same question is paid for once, and that the
-- money of a day has an end.
create table model_answer (
  -- SHA-256 of model, instructions, transcript and schema, hex
  key text not null,
  call_id text not null references call on delete cascade,
  asked_at timestamptz not null default now(),
  model text not null,
  -- claims with quotes of the redacted transcript
  answer jsonb not null,
  input_tokens int not null,
  output_tokens int not null,
  -- by the prices that were configured then; null: none were
  cost_usd numeric,
  primary key (call_id, key)
);
create index model_answer_by_key on model_answer (key);
create index model_answer_by_time on model_answer (asked_at);
