import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunning, startEmbedded } from '../../src/db/embedded/server.ts';
import { type AriaProcess, createConnections, freePort, type Place, startAria } from './aria-process.ts';

/** Whose PostgreSQL it is: Aria's own, one behind DATABASE_URL, or Aria's own on a small disk. */
export type SiteKind = 'embedded' | 'external' | 'small-disk';

/** An Aria and a PostgreSQL to break. */
export type Site = {
  kind: SiteKind;
  aria: AriaProcess;
  url: string;
  keys: { connectionId: string; apiKey: string };
  folder: string;
  /** Where PostgreSQL has its cluster. */
  postgresFolder: string;
  databaseUrl: string;
  startAria: () => Promise<void>;
  startPostgres: () => Promise<void>;
  stopPostgres: () => Promise<void>;
  close: () => Promise<void>;
};

/** Few, so that a test can take them all. */
const externalConnections = 60;
const smallDiskMb = 250;

/** Starts a site. @throws Error for `small-disk` where no tmpfs can be mounted; see `canMount` */
export async function openSite(kind: SiteKind): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), `aria-faults-${kind}-`));
  if (kind === 'small-disk') {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskMb}m,mode=755`, 'tmpfs', folder]);
  }
  const ends = [
    async () => {
      if (kind === 'small-disk') execFileSync('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  ];
  const close = async () => {
    while (ends.length > 0) await ends.pop()!();
  };
  try {
    return await startSite(kind, folder, ends, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Puts the end of whatever it starts on `ends`. */
async function startSite(
  kind: SiteKind,
  folder: string,
  ends: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Site> {
  const place: Place = { folder, port: await freePort() };
  const postgresFolder = join(folder, kind === 'external' ? 'external' : 'postgres');
  const settings = { max_connections: String(externalConnections) };
  let postgres = kind === 'external' ? await startEmbedded({ folder: postgresFolder, settings }) : null;
  ends.push(async () => postgres?.stop());
  if (postgres) place.env = { DATABASE_URL: postgres.url };

  let aria = await startAria(place);
  ends.push(() => aria.kill('SIGTERM'));
  const [keys] = await createConnections(place, ['ringba']);
  const site: Site = {
    kind,
    aria,
    folder,
    postgresFolder,
    url: aria.url,
    keys: keys!,
    close,
    databaseUrl: postgres?.url ?? (await findRunning(postgresFolder))!,
    async startAria() {
      aria = await startAria(place);
      site.aria = aria;
    },
    async startPostgres() {
      postgres = await startEmbedded({ folder: postgresFolder, settings });
    },
    async stopPostgres() {
      await postgres?.stop();
    },
  };
  return site;
}

/** Whether this user may mount a small disk. */
export async function canMount(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
