import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { InvalidQuery } from '../../src/report/invalid-query.ts';
import { searchCalls } from '../../src/report/search.ts';
import { matchLeaf, wordsOfCall } from '../../src/report/search-match.ts';
import { parseSearch, type SearchNode } from '../../src/report/search-query.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection } from './build-calls.ts';
import { putTranscript, said } from './put-transcript.ts';

let store: TestDatabase;
let db: Database;
let connection: string;

beforeAll(async () => {
  store = await createTestDatabase();
  db = store.db;
  connection = await buildConnection(db);
});
afterAll(() => store.drop());

async function callThatSays(...turns: Turn[]): Promise<string> {
  const { id } = await buildCall(db, connection);
  await putTranscript(db, id, turns);
  return id;
}

async function find(q: string, more: Record<string, unknown> = {}) {
  const { items } = await searchCalls(db, { q, limit: 100, ...more });
  return items.map(({ call_id }) => call_id);
}

describe('what is found', () => {
  let call: string;
  beforeAll(async () => {
    call = await callThatSays(
      said('agent', 'Thanks for calling, this call is recorded.', 0),
      said('caller', "I don't want solar panels, please do not call me again.", 4),
      said('agent', 'Your policy will be cancelled. A cancellation fee applies.', 9),
    );
  });

  test.each([
    ['panel', 'another form of the word'],
    ['panels solar', 'all words, in any order'],
    ['"solar panels"', 'a phrase'],
    ['"do not call me"', 'a phrase of everyday words'],
    ['dont', 'a word without its apostrophe'],
    ["don't", 'a word with its apostrophe'],
    ['cancellat*', 'a beginning longer than the stem'],
    ['sol*', 'a beginning'],
    ['solar NEAR/3 please', 'words near each other'],
    ['please NEAR/3 solar', 'in either order'],
    ['"solar panels" NEAR/4 not', 'a phrase near a word'],
    ['caller:solar', 'by the caller'],
    ['agent:(recorded cancelled)', 'both by the agent'],
    ['caller:"not call"', 'a phrase by the caller'],
    ['caller:pan*', 'a beginning by the caller'],
    ['roof OR solar', 'one of two'],
    ['solar -roof', 'one without the other'],
    ['(roof OR solar) fee', 'parentheses'],
  ])('%s: %s', async (q) => {
    expect(await find(q)).toEqual([call]);
  });

  test.each([
    ['"panels solar"', 'the words in another order are no phrase'],
    ['"panel solar"', 'a phrase is taken exactly'],
    ['"again your"', 'a phrase does not run from one speaker to the next'],
    ['agent:solar', 'the other speaker said it'],
    ['solar NEAR/1 please', 'too far'],
    ['solar -panels', 'excluded'],
    ['roof', 'not said'],
  ])('%s: %s', async (q) => {
    expect(await find(q)).toEqual([]);
  });

  test('marks the words and names the moment of the first', async () => {
    const { items } = await searchCalls(db, { q: 'panel "not call"', limit: 5 });
    expect(items[0]).toMatchObject({ call_id: call, hits: 3 });
    const [snippet] = items[0]!.snippets;
    expect(snippet!.pieces.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
      'panels',
      'not',
      'call',
    ]);
    expect(snippet!.pieces.map(({ text }) => text).join('')).toBe(
      "I don't want solar panels, please do not call me again.",
    );
    // `panels` is the fifth word of a turn that starts at 4 s, half a second a word
    expect(snippet).toMatchObject({ turn: 1, speaker: 'caller', start: 6 });
  });

  test('filters on calls hold besides', async () => {
    expect(await find('solar', { connection_id: connection })).toEqual([call]);
    expect(await find('solar', { publisher_name: 'Nobody' })).toEqual([]);
  });
});

test('follows a transcript that is replaced, and forgets one that is erased', async () => {
  const call = await callThatSays(said('caller', 'a zebra crossed', 0));
  expect(await find('zebra')).toEqual([call]);
  await putTranscript(db, call, [said('caller', 'a giraffe crossed', 0)]);
  expect([await find('zebra'), await find('giraffe')]).toEqual([[], [call]]);
  await sql`delete from transcript where call_id = ${call}`.execute(db);
  expect(await find('giraffe')).toEqual([]);
});

test('pages by cursor, each call once, newest first', async () => {
  const calls: string[] = [];
  for (let i = 0; i < 7; i++) {
    const { id } = await buildCall(db, connection, { first_event_at: `2025-08-0${1 + i}T10:00:00Z` });
    await putTranscript(db, id, [said('caller', 'an ocelot', 0)]);
    calls.unshift(id);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await searchCalls(db, { q: 'ocelots', limit: 3, cursor });
    seen.push(...page.items.map(({ call_id }) => call_id));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual(calls);
});

describe('best first', () => {
  const best = async (q: string, more: Record<string, unknown> = {}) =>
    searchCalls(db, { q, limit: 100, order: 'rank', ...more });
  const ids = (found: Awaited<ReturnType<typeof best>>) => found.items.map(({ call_id }) => call_id);
  let often: string;
  let apart: string;
  let once: string;
  beforeAll(async () => {
    const at = (day: number) => ({ first_event_at: `2025-09-0${day}T10:00:00Z` });
    often = (await buildCall(db, connection, at(1))).id;
    await putTranscript(db, often, [said('caller', 'a lynx and a lynx saw lynxes by the heron', 0)]);
    apart = (await buildCall(db, connection, at(2))).id;
    await putTranscript(db, apart, [
      said('agent', 'one lynx is by the river where nobody else is', 0),
      said('caller', 'far away there was also the heron', 9),
    ]);
    once = (await buildCall(db, connection, at(3))).id;
    await putTranscript(db, once, [said('caller', 'that lynx heron was here', 0)]);
  });

  test('what says it oftener comes first, equal ones newest first', async () => {
    const found = await best('lynx');
    expect(ids(found)[0]).toBe(often);
    expect(ids(found).toSorted()).toEqual([often, apart, once].toSorted());
    expect(found.ranked).toEqual({ calls: 3, all: true });
    expect(ids(await searchCalls(db, { q: 'lynx', limit: 100 }))).toEqual([once, apart, often]);
  });

  test('what says the words closer together comes first', async () => {
    const found = ids(await best('lynx heron'));
    expect(found.indexOf(once)).toBeLessThan(found.indexOf(apart));
  });

  test('phrases, prefixes, nearness, alternatives and exclusions rank too', async () => {
    for (const q of [
      '"lynx heron"',
      'lyn*',
      'lynx NEAR/2 heron',
      'lynx OR "the heron"',
      '(lynx "heron was") OR her*',
    ]) {
      expect((await best(q)).items.length, q).toBe((await searchCalls(db, { q, limit: 100 })).items.length);
    }
    expect(ids(await best('lynx -river'))[0]).toBe(often);
    expect((await best('"never said here"')).ranked).toEqual({ calls: 0, all: true });
  });

  test('pages by cursor, each call once, and refuses the cursor of the other order', async () => {
    const whole = ids(await best('a OR lynx OR ocelot'));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await best('a OR lynx OR ocelot', { limit: 2, cursor });
      seen.push(...ids(page));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(whole.length).toBeGreaterThan(5);
    expect(seen).toEqual(whole);
    const { next } = await best('ocelot', { limit: 1 });
    await expect(searchCalls(db, { q: 'ocelot', limit: 1, cursor: next! })).rejects.toThrow(InvalidQuery);
  });

  test('a call that comes in between two pages does not disturb them', async () => {
    const first = await best('ocelot', { limit: 3 });
    const { id } = await buildCall(db, connection, { first_event_at: '2025-10-01T10:00:00Z' });
    await putTranscript(db, id, [said('caller', 'ocelot ocelot ocelot', 0)]);
    const rest = await best('ocelot', { limit: 100, cursor: first.next! });
    expect(ids(first).length + ids(rest).length).toBe(7);
    expect([...ids(first), ...ids(rest)]).not.toContain(id);
  });

  test('ranks the newest 500, and says that there are older ones', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, call_date)
      select 'call_many_' || n, ${connection}, 'many-' || n, 1, 900000 + n, timestamptz '2025-01-01' + n * interval '1 hour'
      from generate_series(1, 503) n returning id`.execute(db);
    for (const { id } of rows) await putTranscript(db, id, [said('caller', 'one walrus', 0)]);
    await putTranscript(db, 'call_many_1', [said('caller', 'walrus walrus walrus', 0)]);
    await putTranscript(db, 'call_many_9', [said('caller', 'walrus walrus', 0)]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await best('walrus', { limit: 100, cursor });
      expect(page.ranked).toEqual({ calls: 500, all: false });
      seen.push(...ids(page));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen[0]).toBe('call_many_9');
    expect(new Set(seen).size).toBe(500);
    expect(seen).not.toContain('call_many_1');
  });
});

// few words, so that phrases and nearness happen often
const word = fc.constantFrom('red', 'green', 'blue', 'redwood', 'gray', 'not');
const turn = fc.record({
  speaker: fc.constantFrom('caller', 'agent', 'ivr', 'unknown'),
  words: fc.array(word, { minLength: 1, maxLength: 6 }),
});
const term = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `"${words.join(' ')}"`),
  word.map((text) => `${text.slice(0, 3)}*`),
  fc.tuple(word, fc.integer({ min: 1, max: 4 }), word).map(([a, n, b]) => `"${a}" NEAR/${n} "${b}"`),
);
const scoped = fc.tuple(fc.constantFrom('', 'caller:', 'agent:'), term).map(([who, what]) => `${who}${what}`);
const query = fc.array(fc.tuple(fc.constantFrom('', 'OR '), scoped), { minLength: 1, maxLength: 3 });

test('finds what a plain search word by word finds', async () => {
  const calls: { id: string; turns: Turn[] }[] = [];
  for (const turns of fc.sample(fc.array(turn, { minLength: 1, maxLength: 4 }), { numRuns: 60, seed: 3 })) {
    const spoken = turns.map(({ speaker, words }, i) =>
      said(speaker as Turn['speaker'], words.join(' '), i * 5),
    );
    calls.push({ id: await callThatSays(...spoken), turns: spoken });
  }
  const ours = new Set(calls.map(({ id }) => id));
  await fc.assert(
    fc.asyncProperty(query, async (parts) => {
      const q = parts.map(([or, what], i) => (i === 0 ? what : or + what)).join(' ');
      const node = parseSearch(q);
      const expected = calls.filter(({ turns }) => holds(node, turns)).map(({ id }) => id);
      const found = (await find(q)).filter((id) => ours.has(id));
      expect(found.sort(), q).toEqual(expected.sort());
    }),
    { numRuns: 150, seed: 11 },
  );
});

test('whatever is typed is answered, or refused in words', async () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '"',
        '*',
        '(',
        ')',
        '-',
        ':',
        "'",
        '\\',
        '&',
        '|',
        '!',
        '<',
        '>',
        'é',
        '\0',
      ),
    }),
    fc
      .array(fc.constantFrom('NEAR/5', 'OR', 'caller:', 'red', '"', '(', ')', '-', 'NOT', "o'clock"), {
        maxLength: 8,
      })
      .map((parts) => parts.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (q) => {
      try {
        await searchCalls(db, { q, limit: 3 });
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidQuery);
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});

function holds(node: SearchNode, turns: Turn[]): boolean {
  if (node.kind === 'and') return node.parts.every((part) => holds(part, turns));
  if (node.kind === 'or') return node.parts.some((part) => holds(part, turns));
  if (node.kind === 'not') return !holds(node.part, turns);
  return matchLeaf(node, wordsOfCall(turns), () => false).length > 0;
}
