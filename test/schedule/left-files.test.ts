import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeLeftFiles } from '../../src/schedule/remove-left-files.ts';

test('files of runs whose process was killed go, all others stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aria-left-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const now = new Date();
  const old = new Date(now.getTime() - 20 * 60_000);
  for (const name of ['run_01A.csv', 'run_01B.xlsx', 'exp_01C.csv', 'run_notes.txt', 'run_01D.parquet']) {
    const path = join(folder, name);
    await writeFile(path, 'x');
    if (name !== 'run_01D.parquet') await utimes(path, old, old);
  }
  await removeLeftFiles(folder, now);
  expect((await readdir(folder)).sort()).toEqual(['exp_01C.csv', 'run_01D.parquet', 'run_notes.txt']);
  await removeLeftFiles(join(folder, 'nowhere'), now);
});
