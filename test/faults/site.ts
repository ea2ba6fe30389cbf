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
  if (kind === 'small-disk')
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskMb}m,mode=755`, 'tmpfs', folder]);
  const place: Place = { folder, port: await freePort() };
  const postgresFolder = join(folder, kind === 'external' ? 'external' : 'postgres');
  const settings = { max_connections: String(externalConnections) };
  let postgres = kind === 'external' ? await startEmbedded({ folder: postgresFolder, settings }) : null;
  if (postgres) place.env = { DATABASE_URL: postgres.url };

  const aria = await startAria(place);
  const [keys] = await createConnections(place, ['ringba']);
  const site: Site = {
    ...{ kind, aria, folder, postgresFolder, url: aria.url, keys: keys! },
    databaseUrl: postgres?.url ?? (await findRunning(postgresFolder))!,
    async startAria() {
      site.aria = await startAria(place);
    },
    async startPostgres() {
      postgres = await startEmbedded({ folder: postgresFolder, settings });
    },
    async stopPostgres() {
      await postgres?.stop();
    },
    async close() {
      await site.aria.kill('SIGTERM');
      await postgres?.stop();
      if (kind === 'small-disk') execFileSync('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
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
