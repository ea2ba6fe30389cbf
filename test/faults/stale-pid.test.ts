import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { postmasterOf, processesOf, untilGone } from './postgres-process.ts';

test.runIf(process.platform === 'linux')(
  'the number of a killed server was given to another program: the server starts all the same',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aria-stale-'));
    const first = await startEmbedded({ folder, noSync: true });
    const postmaster = postmasterOf(folder);
    const pids = processesOf(postmaster);
    process.kill(postmaster, 'SIGKILL');
    await untilGone(pids);

    const file = join(folder, 'cluster/postmaster.pid');
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(other.pid)));
    const again = await startEmbedded({ folder });
    expect(again.adopted).toBe(false);
    expect(postmasterOf(folder)).not.toBe(other.pid);
    expect(again.url).toBe(first.url);

    other.kill();
    await again.stop();
    await rm(folder, { recursive: true, force: true });
  },
  60_000,
);
