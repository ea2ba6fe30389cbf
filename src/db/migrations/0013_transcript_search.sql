-- Search in transcripts: what was said, beside the text, kept by the database itself, so that whoever writes,
-- replaces or erases a transcript cannot forget it.

-- English word stems with every word kept: "do not call" is not the same as "call".
create text search dictionary aria_stem (template = snowball, language = english);
create text search configuration aria_stems (copy = simple);
alter text search configuration aria_stems
  alter mapping for asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
  with aria_stem;

create table transcript_words (
  call_id text primary key references transcript on delete cascade,
  -- the words exactly as said, with places and speakers (A caller, B agent, C ivr, D unknown): phrases, near, prefixes
  words tsvector not null,
  -- the same by their stems: a single word finds its other forms
  stems tsvector not null
);

-- Lower case, apostrophes gone ("don't" is one word), everything else that is no part of a word a space. The
-- separators are those of src/report/search-words.ts.
create function aria_search_text(said text) returns text immutable strict parallel safe
return regexp_replace(
  regexp_replace(lower(said), '[''’]', '', 'g'),
  '[\s!-/:-@\[-`{-~“”„‘–—…¿¡]+', ' ', 'g');

-- Places count through the call; one is left free between turns, so that no phrase runs from one speaker to the next.
create function aria_search_vectors(turns jsonb, out words tsvector, out stems tsvector)
immutable parallel safe language plpgsql as $$
declare
  turn jsonb;
  said text;
  weight "char";
begin
  words := ''; stems := '';
  for turn in select value from jsonb_array_elements(turns) loop
    said := aria_search_text(turn ->> 'text');
    weight := case turn ->> 'speaker' when 'caller' then 'A' when 'agent' then 'B' when 'ivr' then 'C' else 'D' end;
    words := words || ts_delete(setweight('¶:1'::tsvector || to_tsvector('simple', said), weight), '¶');
    stems := stems || setweight(to_tsvector('aria_stems', said), weight);
  end loop;
end $$;

create function aria_index_transcript() returns trigger language plpgsql as $$
begin
  insert into transcript_words (call_id, words, stems)
  select new.call_id, v.words, v.stems from aria_search_vectors(new.turns) v
  on conflict (call_id) do update set words = excluded.words, stems = excluded.stems;
  return null;
end $$;
create trigger transcript_indexed after insert or update of turns on transcript
  for each row execute function aria_index_transcript();

insert into transcript_words (call_id, words, stems)
select t.call_id, v.words, v.stems from transcript t cross join lateral aria_search_vectors(t.turns) v;
create index transcript_words_exact on transcript_words using gin (words);
create index transcript_words_stems on transcript_words using gin (stems);

-- the one column that it replaces
alter table transcript drop column search;
