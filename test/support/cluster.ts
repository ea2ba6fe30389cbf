import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectPool, openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { migrate } from '../../src/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's PostgreSQL listens; its database `template_aria` is migrated and cloned per test file. */
    postgres: string;
  }
}

/** One PostgreSQL for the whole run. Without fsync: its data is thrown away, so only tests may do so. */
export async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'aria-test-'));
  const server = await startEmbedded({
    folder,
    noSync: true,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const admin = connectPool(server.url, 1);
  await admin.query('create database template_aria');
  await admin.end();
  const template = openDatabase(connectPool(databaseUrl(server.url, 'template_aria'), 1));
  await migrate(template);
  await template.destroy();
  project.provide('postgres', server.url);

  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The same server, another database. */
export function databaseUrl(server: string, name: string): string {
  return server.replace('@/postgres?', `@/${name}?`);
}
