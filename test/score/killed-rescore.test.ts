import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getRescore } from '../../src/report/rescore-list.ts';
import { summarizeRescore } from '../../src/report/rescore-summary.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { createRescore, decideRescore } from '../../src/score/rescore/rescore-store.ts';
import { workOnRescore } from '../../src/score/rescore/rescorer.ts';
import { reviewCall } from '../../src/score/review-call.ts';
import { saveDraft } from '../../src/score/save-scorecard.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type JudgingWorld, qualifiedTalk, startJudgingWorld } from './judging-world.ts';

const cli = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
const calls = 450;
let database: TestDatabase;
let world: JudgingWorld;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await startJudgingWorld(database.db);
  folder = await mkdtemp(join(tmpdir(), 'aria-killed-'));
  for (let i = 0; i < calls; i++)
    await world.addCall(
      i % 3 === 0
        ? { lines: [...qualifiedTalk.slice(0, 3), 'C: No, I rent.', ...qualifiedTalk.slice(4)] }
        : {},
    );
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const task = {
  from: null,
  to: null,
  connectionId: null,
  scorecard: null,
  version: null,
  everyCall: false,
  judge: 'local',
  createdBy: 'ann',
};
const deps = () => ({
  ...world,
  judges: { local: judgeLocally },
  signal: new AbortController().signal,
});

/** Goes on with the task in a process of its own, which is killed outright once that many calls are dealt with. */
async function workUntilKilled(id: string, done: number): Promise<void> {
  const child = spawn(process.execPath, [cli, 'rescore', 'resume', id], {
    env: { ...process.env, DATABASE_URL: database.url, ARIA_DATA_DIR: folder, ARIA_JUDGE_URL: '' },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    while ((await getRescore(world.db, id))!.done < done) {
      if (child.exitCode !== null) throw new Error('it ended by itself');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    child.kill('SIGKILL');
  }
  await ended;
  await sql`update rescore set touched_at = now() - interval '61 seconds' where id = ${id}`.execute(world.db);
}

async function evaluations(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from evaluation`.execute(world.db);
  return rows[0]!.n;
}

test('a rescore that is killed while judging and while publishing does everything, and nothing twice', async () => {
  const first = await createRescore(world.db, { ...task, drafts: false });
  await workUntilKilled(first, 100);
  const half = (await getRescore(world.db, first))!;
  expect(half.state).toBe('running');
  expect(half.done).toBeLessThan(calls);
  expect(await workOnRescore(deps())).toBe(true);
  expect(await getRescore(world.db, first)).toMatchObject({ state: 'ready', total: calls, done: calls });
  expect(await evaluations()).toBe(calls);
  await decideRescore(world.db, first, 'publish', 'ann');
  await workUntilKilled(first, 200);
  // the last batches are quick: it may have been done before it was killed
  while (await workOnRescore(deps()));
  expect(await getRescore(world.db, first)).toMatchObject({ state: 'published', done: calls });
  expect(await evaluations()).toBe(calls);
  const { rows } = await sql<{ prospect: string; calls: number }>`
    select prospect, count(*)::int as calls from call group by 1 order by 1`.execute(world.db);
  expect(rows).toEqual([
    { prospect: 'qualified', calls: (calls * 2) / 3 },
    { prospect: 'unqualified', calls: calls / 3 },
  ]);
});

test('its summary is that of one that was left alone, and a correction outlives both', async () => {
  const owns = { field: 'answer', subject: 'owns_home', value: 'yes', prospect_reason: null } as const;
  await reviewCall('call_0001', [{ ...owns, turns: [3], reason: 'he owns another' }], 'ann', world);
  const { source, shared } = world.solar;
  const policy =
    'policy:\n  - id: nothing\n    when: {}\n    billable: "no"\n    because: nothing is paid for\n';
  await saveDraft(world.db, { source: `${source}\n${policy}`, shared }, 'ann', 'solar.yaml');
  const [alone, killed] = [
    await createRescore(world.db, { ...task, drafts: true }),
    await createRescore(world.db, { ...task, drafts: true }),
  ];
  await workOnRescore(deps(), alone);
  await workUntilKilled(killed, 100);
  await workOnRescore(deps(), killed);
  expect(await summarizeRescore(world.db, killed)).toEqual(await summarizeRescore(world.db, alone));
  expect((await summarizeRescore(world.db, killed)).changed).toBeGreaterThan(calls / 2);
  await decideRescore(world.db, killed, 'publish', 'ann');
  await workOnRescore(deps(), killed);
  expect(await world.readCall('call_0001')).toMatchObject({
    prospect: 'qualified',
    billable_reason: 'nothing',
  });
});
