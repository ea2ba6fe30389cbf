import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallBody, CallSummaryBody } from '../../src/contract/calls.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { readConfig } from '../../src/main/config.ts';
import { type Role, runAria } from '../../src/main/run-aria.ts';
import { createTestDatabase } from './database.ts';

/** A whole Aria on a database of its own, spoken to over real HTTP. */
export type World = {
  url: string;
  db: Database;
  databaseUrl: string;
  dataFolder: string;
  /** What Aria told people at start: the address and the owner link. */
  said: string[];
  /** A machine key that may read and write; `api` uses it. */
  key: string;
  api: <T = unknown>(path: string, init?: { method?: string; body?: unknown }) => Promise<T>;
  connect: (settings?: Record<string, unknown>) => Promise<ConnectionSecretBody>;
  /** Posts a JSON event to the webhook with the connection's keys in its body. */
  send: (connection: ConnectionSecretBody, event: Record<string, unknown>) => Promise<Response>;
  findCall: (connection: ConnectionSecretBody, callInstanceId: string) => Promise<CallSummaryBody | null>;
  /** Waits until a stage has come to rest: done, failed, parked or skipped. */
  waitForStage: (callId: string, stage: string, states?: string[]) => Promise<CallBody>;
  stop: () => Promise<void>;
};

export async function startWorld(
  options: { roles?: Role[]; env?: Record<string, string> } = {},
): Promise<World> {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'aria-world-'));
  const config = readConfig({
    ARIA_PORT: '0',
    ARIA_DATA_DIR: dataFolder,
    DATABASE_URL: database.url,
    ARIA_LOG_LEVEL: 'error',
    ...options.env,
  });
  const said: string[] = [];
  const aria = await runAria(config, options.roles ?? ['serve', 'work'], (text) => said.push(text));
  const key = await createMachineKey(database.db, 'test', ['read', 'write']);
  const { url } = aria;

  async function api<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await fetch(url + path, {
      method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${key}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
      body: init.body === undefined ? null : JSON.stringify(init.body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${path}: ${text}`);
    return JSON.parse(text) as T;
  }

  let connections = 0;
  const world: World = {
    url,
    db: database.db,
    databaseUrl: database.url,
    dataFolder,
    said,
    key,
    api,
    connect: (settings = {}) =>
      api('/v1/connections', {
        body: {
          name: `connection ${++connections}`,
          platform: 'ringba',
          time_zone: 'America/New_York',
          ...settings,
        },
      }),
    send: (connection, event) =>
      fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          api_key: connection.api_key,
          connection_id: connection.connection_id,
          ...event,
        }),
      }),
    async findCall(connection, callInstanceId) {
      const query = new URLSearchParams({
        connection_id: connection.connection_id,
        call_instance_id: callInstanceId,
      });
      const { items } = await api<{ items: CallSummaryBody[] }>(`/v1/calls?${query}`);
      return items[0] ?? null;
    },
    async waitForStage(callId, stage, states = ['done', 'failed', 'parked', 'skipped']) {
      const deadline = Date.now() + 25_000;
      for (;;) {
        const call = await api<CallBody>(`/v1/calls/${callId}`);
        const run = call.stages.find((s) => s.stage === stage);
        if (run && states.includes(run.state)) return call;
        if (Date.now() > deadline) throw new Error(`${stage} did not settle: ${JSON.stringify(call.stages)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await aria.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return world;
}
