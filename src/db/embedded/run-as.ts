import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../lib/user-error.ts';

export type Finished = { code: number; output: string };

/** Runs one of PostgreSQL's programs to its end. */
export type RunAs = {
  /** Owner that the data folder must have; null: whoever runs Aria. */
  owner: { uid: number; gid: number } | null;
  run: (file: string, args: string[]) => Promise<Finished>;
};

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as `postgres`, or `nobody` where there is no such
 * user. Where a folder on the way is closed to that user (a checkout under /root), the programs keep the single
 * capability to pass closed folders (setpriv, part of every Debian); otherwise they have none.
 * @throws UserError where there is neither user
 */
export function chooseRunAs(paths: string[]): RunAs {
  if (process.getuid?.() !== 0) return { owner: null, run: (file, args) => finish(spawn(file, args, quiet)) };
  const owner = lookUp('postgres') ?? lookUp('nobody');
  if (!owner) {
    throw new UserError(
      'Run as root, Aria needs a user named postgres or nobody for its database. Or set DATABASE_URL.',
    );
  }
  if (paths.every((path) => isPassable(path, owner.uid))) {
    return { owner, run: (file, args) => finish(spawn(file, args, { ...quiet, ...owner })) };
  }
  const setpriv = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    `--inh-caps=+${passCapability()}`,
    `--ambient-caps=+${passCapability()}`,
    '--',
  ];
  return { owner, run: (file, args) => finish(spawn('setpriv', [...setpriv, file, ...args], quiet)) };
}

/** Reading and passing is enough; containers often have only the stronger capability to give. */
function passCapability(): 'dac_read_search' | 'dac_override' {
  const effective = /CapEff:\s*([0-9a-f]+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const dacReadSearch = 1n << 2n;
  return (BigInt(`0x${effective}`) & dacReadSearch) !== 0n ? 'dac_read_search' : 'dac_override';
}

const quiet = { stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], cwd: '/' };

function finish(child: ReturnType<typeof spawn>): Promise<Finished> {
  return new Promise((done, fail) => {
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('error', fail);
    // 'exit', not 'close': the server that pg_ctl leaves behind may hold the pipes open
    child.on('exit', (code) => done({ code: code ?? 1, output }));
  });
}

function lookUp(name: string): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** Whether the user may reach the folder. stat goes by the effective user; access(2) would ask for the real one. */
function isPassable(path: string, uid: number): boolean {
  const seteuid = process.seteuid;
  if (!seteuid) return false;
  seteuid.call(process, uid);
  try {
    statSync(`${path}/.`);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EACCES';
  } finally {
    seteuid.call(process, 0);
  }
}
