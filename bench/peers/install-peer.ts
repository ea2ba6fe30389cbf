import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Peer } from './peer.ts';
import { runProgram } from './program.ts';

/**
 * The folder with the peer's node_modules, in the system's temporary folder; installed once and reused by later runs.
 * Install scripts do not run: each native addon that is needed carries its binaries in its npm package.
 * @throws Error with the end of npm's output
 */
export async function installPeer(peer: Peer): Promise<string> {
  const folder = join(tmpdir(), 'aria-bench-peers', `${peer.name}-${peer.version}`);
  const mark = join(folder, 'installed');
  if (existsSync(mark)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { dependencies, overrides } = peer;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram('npm', ['install', '--prefix', folder, ...quiet], {
    cwd: folder,
    env: {},
    log: join(folder, 'install.log'),
  });
  // written last: without it the next run starts over
  await writeFile(mark, '');
  return folder;
}
