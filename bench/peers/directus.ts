import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Peer, sessions } from './peer.ts';
import { runProgram, startProgram } from './program.ts';

/**
 * Directus: a collection `event` with one JSON field, which the public may create, and POST /items/event.
 * Its rate limiter, cache and log of requests are off, and so is its activity log of this collection: it does
 * as little as it can be told to.
 */
export const directus: Peer = {
  name: 'directus',
  version: '12.4.0',
  dependencies: { directus: '12.4.0' },
  // the version it asks for has no binary for Node 24 in its package
  overrides: { 'isolated-vm': '6.2.0' },
  async start({ installed, folder, database, port }) {
    const cli = join(installed, 'node_modules', 'directus', 'cli.js');
    const token = randomBytes(16).toString('hex');
    const base = `http://127.0.0.1:${port}`;
    const options = {
      cwd: folder,
      env: environment(database, token, port),
      log: join(folder, 'directus.log'),
    };
    await runProgram(process.execPath, [cli, 'bootstrap'], options);
    const stop = await startProgram(
      [cli, 'start'],
      options,
      async () => (await fetch(`${base}/server/ping`)).ok,
    );
    try {
      await openCollection(base, token);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: `${base}/items/event`, wrap: (event) => ({ payload: event }), stop };
  },
};

function environment(
  database: { host: string; port: number; user: string; password: string; database: string },
  token: string,
  port: number,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    SECRET: token,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: token,
    ADMIN_TOKEN: token,
    DB_CLIENT: 'pg',
    DB_HOST: database.host,
    DB_PORT: String(database.port),
    DB_USER: database.user,
    DB_PASSWORD: `string:${database.password}`,
    DB_DATABASE: database.database,
    DB_POOL__MIN: '0',
    DB_POOL__MAX: String(sessions),
    RATE_LIMITER_ENABLED: 'false',
    CACHE_ENABLED: 'false',
    TELEMETRY: 'false',
    LOG_LEVEL: 'warn',
  };
}

async function openCollection(base: string, token: string): Promise<void> {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${base}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`Directus answered ${response.status} to ${path}: ${await response.text()}`);
    return ((await response.json()) as { data: { policy: string }[] }).data;
  };
  await ask('/collections', {
    collection: 'event',
    schema: {},
    meta: { accountability: null },
    fields: [
      { field: 'id', type: 'integer', meta: {}, schema: { is_primary_key: true, has_auto_increment: true } },
      { field: 'payload', type: 'json', meta: { special: ['cast-json'] }, schema: {} },
    ],
  });
  const [open] = await ask('/access?filter[role][_null]=true&filter[user][_null]=true&fields=policy');
  await ask('/permissions', { policy: open?.policy, collection: 'event', action: 'create', fields: ['*'] });
}
