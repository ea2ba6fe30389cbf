import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { choosePort } from '../../demo/free-port.ts';
import { documentedEvent } from '../documented-event.ts';
import { installPeer } from './install-peer.ts';
import type { Peer, PeerDatabase, StartedPeer } from './peer.ts';

/** A peer that has proved that it stores what it accepts. */
export type RunningPeer = {
  name: string;
  version: string;
  url: string;
  /** The body of a POST that carries an event. */
  wrap: (event: object) => object;
  /** Rows in its database. */
  stored: () => Promise<number>;
  stop: () => Promise<void>;
};

/**
 * Installs and starts a peer with a database of its own in the server of `url`, and sends it one event, which must
 * then stand in its table unchanged.
 * @throws Error saying why it cannot be measured
 */
export async function startPeer(peer: Peer, url: string, folder: string): Promise<RunningPeer> {
  const installed = await installPeer(peer);
  const own = join(folder, peer.name);
  await mkdir(own);
  const database = await createDatabase(url, `bench_${peer.name.replaceAll('-', '_')}`);
  const pool = new pg.Pool({ ...database, max: 2 });
  let started: StartedPeer | null = null;
  const stop = async () => {
    await started?.stop();
    await pool.end();
  };
  try {
    const port = await choosePort(0, false);
    started = await peer.start({ installed, folder: own, database, pool, port });
    await proveStored(started, pool);
  } catch (error) {
    await stop();
    throw error;
  }
  const stored = async () => Number((await pool.query('select count(*) from event')).rows[0].count);
  const { name, version } = peer;
  return { name, version, url: started.url, wrap: started.wrap, stored, stop };
}

async function createDatabase(url: string, database: string): Promise<PeerDatabase> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
  const { host, port, user = '', password } = client;
  return { host, port, user, password: String(password), database };
}

async function proveStored({ url, wrap }: StartedPeer, pool: pg.Pool): Promise<void> {
  const event = documentedEvent({ connectionId: 'bench', apiKey: 'none' }, 'proof');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wrap(event)),
  });
  if (!response.ok) throw new Error(`It answered ${response.status}: ${await response.text()}`);
  const { rows } = await pool.query('select payload::jsonb = $1::jsonb as same from event', [event]);
  if (rows.length !== 1 || !rows[0].same) throw new Error('It accepted an event and did not store it.');
}
