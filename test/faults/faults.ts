import { readFileSync, statfsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postmasterOf, processesOf, signalAll, untilGone } from './postgres-process.ts';
import type { Site, SiteKind } from './site.ts';

/** Something that goes wrong under load. `strike` resolves when it is over; Aria recovers by itself from there. */
export type Fault = {
  name: string;
  site: SiteKind;
  /** Whether it ends Aria's process, and so its senders' connections. */
  mayDrop: boolean;
  strike: (site: Site) => Promise<void>;
};

export const faults: Fault[] = [
  {
    name: 'kill-aria',
    site: 'embedded',
    mayDrop: true,
    async strike(site) {
      await site.aria.kill('SIGKILL');
      await site.startAria();
    },
  },
  {
    name: 'kill-postgres',
    site: 'embedded',
    mayDrop: false,
    async strike(site) {
      const postmaster = postmasterOf(site.postgresFolder);
      const pids = processesOf(postmaster);
      signalAll([postmaster], 'SIGKILL');
      await untilGone(pids);
    },
  },
  {
    name: 'kill-both',
    site: 'embedded',
    mayDrop: true,
    async strike(site) {
      process.kill(postmasterOf(site.postgresFolder), 'SIGKILL');
      await site.aria.kill('SIGKILL');
      await site.startAria();
    },
  },
  {
    name: 'kill-backend',
    site: 'embedded',
    mayDrop: false,
    async strike(site) {
      // as the system does when memory runs out; PostgreSQL then restarts all its sessions
      const { rows } = await ask(site, "select pid from pg_stat_activity where application_name = 'aria'");
      const pids = rows.map((row: { pid: number }) => row.pid);
      signalAll(pids.slice(0, 1), 'SIGKILL');
      await untilGone(pids);
    },
  },
  {
    name: 'freeze-postgres',
    site: 'embedded',
    mayDrop: false,
    async strike(site) {
      const pids = processesOf(postmasterOf(site.postgresFolder));
      signalAll(pids, 'SIGSTOP');
      await sleep(2_000 + Math.random() * 3_000);
      signalAll(pids, 'SIGCONT');
    },
  },
  {
    name: 'restart-aria',
    site: 'external',
    mayDrop: true,
    async strike(site) {
      await site.aria.kill('SIGTERM');
      await site.startAria();
    },
  },
  {
    name: 'stop-postgres',
    site: 'external',
    mayDrop: false,
    async strike(site) {
      await site.stopPostgres();
      await sleep(Math.random() * 1_500);
      await site.startPostgres();
    },
  },
  { name: 'lock-table', site: 'external', mayDrop: false, strike: lockTable },
  { name: 'no-sessions', site: 'external', mayDrop: false, strike: takeAllSessions },
  { name: 'slow-clients', site: 'external', mayDrop: false, strike: crowd },
  { name: 'full-disk', site: 'small-disk', mayDrop: false, strike: fillDisk },
];

async function ask(site: Site, text: string) {
  const client = new pg.Client({ connectionString: site.databaseUrl });
  await client.connect();
  const result = await client.query(text);
  await client.end();
  return result;
}

/** Somebody holds the table: every flush waits, and all of Aria's sessions with it. */
async function lockTable(site: Site): Promise<void> {
  const client = new pg.Client({ connectionString: site.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('lock table event in access exclusive mode');
  await sleep(3_000);
  await client.query('rollback');
  await client.end();
}

/** Others take every session of the server whenever one is free, and Aria's own are ended. */
async function takeAllSessions(site: Site): Promise<void> {
  const held: pg.Client[] = [];
  const take = async () => {
    const client = new pg.Client({ connectionString: site.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    held.push(client);
  };
  const takeTillRefused = async () => {
    for (;;) {
      try {
        await take();
      } catch {
        return;
      }
    }
  };
  await take();
  const over = Date.now() + 3_000;
  while (Date.now() < over) {
    await held[0]!.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'aria%'",
    );
    await Promise.all(Array.from({ length: 4 }, takeTillRefused));
    await sleep(50);
  }
  await Promise.all(held.map((client) => client.end()));
}

/** As many connections as 10,000 where the machine lets one process hold them, with room for the other files. */
const idleClients = Math.min(10_000, openFilesAllowed() - 1_000);
const slowClients = 100;

function openFilesAllowed(): number {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
  } catch {
    // no Linux: as many as every system allows
    return 3_000;
  }
}

/** Thousands of connections that say nothing, and senders of one byte a second. */
async function crowd(site: Site): Promise<void> {
  const { port } = new URL(site.url);
  const sockets: Socket[] = [];
  for (let i = 0; i < idleClients; i++) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    if (i % 100 === 0) await sleep(10);
  }
  const slow = sockets.slice(0, slowClients);
  for (const socket of slow)
    socket.write('POST /v1/events HTTP/1.1\r\nHost: aria\r\nContent-Length: 1000\r\n\r\n{');
  for (let second = 0; second < 4; second++) {
    await sleep(1_000);
    for (const socket of slow) socket.write(' ');
  }
  const held = sockets.filter((socket) => socket.readyState === 'open').length;
  if (held < idleClients) throw new Error(`Only ${held} of ${idleClients} connections were held.`);
  for (const socket of sockets) socket.destroy();
}

/** The disk fills up, stays full for a while, and is freed again. */
async function fillDisk(site: Site): Promise<void> {
  const path = join(site.folder, 'filler');
  const file = await open(path, 'w');
  const block = Buffer.alloc(1 << 20, 1);
  try {
    for (let round = 0; round < 40; round++) {
      const { bavail, bsize } = statfsSync(site.folder);
      for (let left = bavail * bsize; left > 0; left -= block.length) await file.write(block);
      await sleep(100);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    await sleep(4_000);
  } finally {
    await file.close();
    await rm(path);
  }
}
