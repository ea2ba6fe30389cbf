import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from './run-cli.ts';

test('commands at once, with no server running, all succeed and leave none behind', async () => {
  const folder = await emptyFolder();
  const create = (name: string) =>
    runCli(['connection', 'create', '--name', name, '--time-zone', 'UTC', '--json'], {
      ARIA_DATA_DIR: folder,
    });
  const fresh = await Promise.all(['a', 'b', 'c'].map(create));
  expect(fresh.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: '' }));
  const existing = await Promise.all(['d', 'e', 'f'].map(create));
  expect(existing.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array(3).fill({ code: 0, stderr: '' }),
  );
  expect(existsSync(join(folder, 'postgres/cluster/postmaster.pid'))).toBe(false);

  const { stdout } = await runCli(['connection', 'list', '--json'], { ARIA_DATA_DIR: folder });
  expect(
    JSON.parse(stdout)
      .items.map(({ name }: { name: string }) => name)
      .sort(),
  ).toEqual([...'abcdef']);
}, 120_000);
