import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { explainServer } from './explain-server.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';
import { makeSocketFolder, socketFolder } from './sockets.ts';

/** A running PostgreSQL of our own. It listens on a socket in a private folder only, never on the network. */
export type EmbeddedServer = { url: string; adopted: boolean; stop: () => Promise<void> };

export type EmbeddedOptions = {
  /** Holds the cluster; made where it does not exist. */
  folder: string;
  /** Passed to the server as `-c name=value`. */
  settings?: Record<string, string>;
  /** For tests: skip fsync while the cluster is made. */
  noSync?: boolean;
};

/**
 * A socket instead of a port; sessions for several processes; memory for the indexes of many calls; few checkpoints while
 * events stream in. Everything else is PostgreSQL's default.
 */
const baseSettings = {
  listen_addresses: '',
  max_connections: '100',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
};

/**
 * Starts the server of a folder, or adopts the one that a killed Aria left running there. pg_ctl makes it a
 * process of its own with its own log, so it outlives our death and needs no pipe of ours.
 * @throws UserError
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const folder = resolve(options.folder);
  const cluster = join(folder, 'cluster');
  const log = join(folder, 'server.log');
  const binaries = await findBinaries();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const runAs = chooseRunAs([dirname(binaries.postgres), folder, dirname(folder)]);
  const sockets = await makeSocketFolder(folder, runAs);
  if (runAs.owner) await chown(folder, runAs.owner.uid, runAs.owner.gid);

  const password = await makeCluster(binaries.initdb, folder, cluster, runAs, options.noSync ?? false);
  const url = `postgres://aria:${password}@/postgres?host=${encodeURIComponent(sockets)}`;
  const stop = async () => {
    const stopped = await runAs.run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60']);
    if (stopped.code !== 0 && existsSync(join(cluster, 'postmaster.pid')))
      throw explainServer('stop', stopped.output, log);
  };

  const status = await runAs.run(binaries.pg_ctl, ['status', '-D', cluster]);
  if (status.code === 0) {
    if (await isPostmaster(cluster)) return { url, adopted: true, stop };
    await rm(join(cluster, 'postmaster.pid'), { force: true });
  }

  const settings = { ...baseSettings, unix_socket_directories: sockets, ...options.settings };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const logged = (await readFrom(log, 0)).length;
  const started = await runAs.run(binaries.pg_ctl, [
    'start',
    '-D',
    cluster,
    '-l',
    log,
    '-w',
    '-t',
    '120',
    '-s',
    '-o',
    flags.join(' '),
  ]);
  if (started.code !== 0)
    throw explainServer('start', `${started.output}\n${await readFrom(log, logged)}`, log);
  return { url, adopted: false, stop };
}

/** Where a running server of the folder can be reached, or null: for commands beside a running Aria. */
export async function findRunning(folder: string): Promise<string | null> {
  const root = resolve(folder);
  if (!existsSync(join(root, 'cluster', 'postmaster.pid'))) return null;
  const binaries = await findBinaries();
  const runAs = chooseRunAs([dirname(binaries.postgres), root, dirname(root)]);
  const status = await runAs.run(binaries.pg_ctl, ['status', '-D', join(root, 'cluster')]);
  if (status.code !== 0) return null;
  const password = await readFile(join(root, 'password'), 'utf8');
  return `postgres://aria:${password}@/postgres?host=${encodeURIComponent(socketFolder(root))}`;
}

/**
 * Whether the process that postmaster.pid names is a PostgreSQL server: after a crash or in a new container its
 * number may be another program's, which pg_ctl takes for the server. Only Linux tells; elsewhere pg_ctl is believed.
 * Should a server run nevertheless, its shared memory keeps a second one from starting.
 */
async function isPostmaster(cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n', 1);
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return /postgres\0-D\0/.test(command);
}

/** Makes the cluster once. A half-made one (killed in the middle) has no `ready` mark and is made anew. */
async function makeCluster(
  initdb: string,
  folder: string,
  cluster: string,
  runAs: RunAs,
  noSync: boolean,
): Promise<string> {
  const passwordFile = join(folder, 'password');
  if (existsSync(passwordFile)) return readFile(passwordFile, 'utf8');
  await rm(cluster, { recursive: true, force: true });
  const password = randomBytes(24).toString('hex');
  const draft = join(folder, 'password.new');
  await writeFile(draft, password, { mode: 0o600 });
  if (runAs.owner) await chown(draft, runAs.owner.uid, runAs.owner.gid);
  const made = await runAs.run(initdb, [
    '-D',
    cluster,
    '-U',
    'aria',
    `--pwfile=${draft}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    ...(noSync ? ['--no-sync'] : []),
  ]);
  if (made.code !== 0) throw explainServer('be created', made.output, join(folder, 'server.log'));
  // written last: it is the mark that the cluster is whole
  await writeFile(passwordFile, password, { mode: 0o600 });
  await rm(draft, { force: true });
  return password;
}

async function readFrom(log: string, start: number): Promise<string> {
  return (await readFile(log, 'utf8').catch(() => '')).slice(start);
}
