import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseScorecard } from '../../src/score/parse-scorecard.ts';
import { publishVersion, saveDraft, saveRules, takeUpFiles } from '../../src/score/save-scorecard.ts';
import { checkScorecards } from '../../src/score/scorecard-file.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let world: JudgingWorld;
beforeEach(async () => {
  world = await startJudgingWorld();
});
afterEach(() => world.drop());

/** The solar file as somebody edited it. */
function edited(mark: string) {
  const { name, shared } = world.solar;
  const source = `${world.solar.source}# ${mark}\n`;
  const { scorecard, hash } = parseScorecard({ source, shared }, name);
  return { name, source, shared, hash, scorecard: scorecard! };
}
const draftNow = async () => (await world.scorecards.current()).drafts.map(({ version }) => version);
const solarNow = async () =>
  (await world.scorecards.current()).published.find(({ id }) => id === 'solar')!.version;

test('what is published cannot be changed or removed, not even by SQL', async () => {
  const refused = (statement: string) =>
    expect(sql.raw(statement).execute(world.db)).rejects.toThrow(/solar/);
  await refused(`update scorecard_version set source = 'x' where scorecard = 'solar'`);
  await refused(`update scorecard_version set published_at = now() where scorecard = 'solar'`);
  await refused(`update scorecard_version set published_at = null where scorecard = 'solar'`);
  await refused(`delete from scorecard_version where scorecard = 'solar'`);
});

test('an edited file becomes a draft, once; what is published judges on until the draft is published', async () => {
  const before = await solarNow();
  const change = edited('one');
  expect(await takeUpFiles(world.db, [change])).toEqual([
    { scorecard: 'solar', version: change.scorecard.version, state: 'draft' },
  ]);
  expect(await takeUpFiles(world.db, [change])).toEqual([]);
  expect(await draftNow()).toEqual([change.scorecard.version]);
  expect(await solarNow()).toBe(before);
  expect(await publishVersion(world.db, 'solar', null, 'ann')).toBe(change.scorecard.version);
  expect(await publishVersion(world.db, 'solar', null, 'ann')).toBeNull();
  expect([await solarNow(), await draftNow()]).toEqual([change.scorecard.version, []]);
});

test('the file put back takes its draft away', async () => {
  await takeUpFiles(world.db, [edited('one')]);
  await takeUpFiles(world.db, [world.solar]);
  expect(await draftNow()).toEqual([]);
});

test('another draft replaces the one before, which is kept for the calls judged by it', async () => {
  const [one, two] = [edited('one'), edited('two')];
  for (const draft of [one, two]) await saveDraft(world.db, draft, 'ann', 'solar.yaml');
  expect(await draftNow()).toEqual([two.scorecard.version]);
  expect(await world.scorecards.find('solar', one.scorecard.version)).not.toBeNull();
});

test('processes that start at once take a folder up once', async () => {
  await sql`truncate scorecard_version, scorecard_file`.execute(world.db);
  const { filed } = checkScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
  await Promise.all([
    takeUpFiles(world.db, filed),
    takeUpFiles(world.db, filed),
    takeUpFiles(world.db, filed),
  ]);
  expect((await world.scorecards.current()).published).toHaveLength(filed.length);
});

test('the first rule that fits decides, also by a version of its own; then the connection, then the vertical', async () => {
  const old = await solarNow();
  await takeUpFiles(world.db, [edited('one')]);
  await publishVersion(world.db, 'solar', null, 'ann');
  const any = {
    connectionId: null,
    vertical: null,
    buyerName: null,
    campaignName: null,
    version: null,
    note: '',
  };
  await saveRules(world.db, [
    { ...any, buyerName: 'Acme', vertical: 'SOLAR', scorecard: 'solar', version: old },
    { ...any, buyerName: 'Acme', scorecard: 'medicare' },
    { ...any, campaignName: 'Spring', scorecard: 'aca' },
  ]);
  const { choose } = await world.scorecards.current();
  const call = {
    connectionId: 'con_1',
    connectionScorecard: null,
    vertical: 'solar',
    buyerName: null,
    campaignName: null,
  };
  expect(choose({ ...call, buyerName: 'acme' }).version).toBe(old);
  expect(choose({ ...call, buyerName: 'acme', vertical: 'roofing' }).id).toBe('medicare');
  expect(choose({ ...call, campaignName: 'spring' }).id).toBe('aca');
  expect(choose({ ...call, connectionScorecard: 'mass_tort' }).id).toBe('mass_tort');
  expect(choose(call).version).toBe(await solarNow());
  expect(() => choose({ ...call, vertical: null })).toThrow('score.no-scorecard');
});
