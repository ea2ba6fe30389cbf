import { expect, test } from 'vitest';
import { databaseForTest } from '../support/database.ts';
import { emptyFolder, runCli } from './run-cli.ts';

test('rerun and replay refuse what would match nothing, or everything by accident', async () => {
  const { url } = await databaseForTest();
  const env = { DATABASE_URL: url, ARIA_DATA_DIR: await emptyFolder() };
  const said = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, env);
    return code === 0 ? stdout : `refused: ${stderr}`;
  };
  const [state, stage, everything, all, replay, rerun, scorecard, zone] = await Promise.all([
    said('rerun', '--stage', 'score', '--state', 'bogus'),
    said('rerun', '--stage', 'bogus', '--all'),
    said('rerun', '--stage', 'score'),
    said('rerun', '--stage', 'score', '--all'),
    said('replay', '--connection', 'nope'),
    said('rerun', '--stage', 'score', '--connection', 'nope'),
    said('connection', 'create', '--name', 'a', '--time-zone', 'UTC', '--scorecard', 'nope'),
    said('connection', 'create', '--name', 'a', '--time-zone', '+05:00'),
  ]);
  expect(state).toMatch(/^refused: --state: bogus is none of .*waiting.*failed/);
  expect(stage).toMatch(/^refused: --stage: bogus is none of recording/);
  expect(everything).toMatch(/^refused: Say which calls: .*--all/);
  expect(all).toBe('score will run again for 0 calls.\n');
  expect(replay).toMatch(/^refused: There is no connection nope/);
  expect(rerun).toMatch(/^refused: There is no connection nope/);
  expect(scorecard).toMatch(/^refused: --scorecard: There is no scorecard nope. Known: aca/);
  expect(zone).toMatch(/^refused: time_zone: expected an IANA time zone/);
}, 60_000);
