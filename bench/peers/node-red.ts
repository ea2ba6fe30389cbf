import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Peer, type PeerPlace, sessions } from './peer.ts';
import { startProgram } from './program.ts';

/**
 * Node-RED: a flow of `http in`, a function that inserts the body through a pg pool, and `http response`.
 * The pool comes from the settings file, which is how Node-RED hands a library to function nodes.
 */
export const nodeRed: Peer = {
  name: 'node-red',
  version: '5.0.7',
  dependencies: { 'node-red': '5.0.7', pg: '8.23.1' },
  async start({ installed, folder, database, pool, port }) {
    await pool.query(
      'create table event (id bigint generated always as identity primary key, payload jsonb)',
    );
    const settings = join(folder, 'settings.js');
    await writeFile(settings, settingsFile({ installed, database, port }));
    await writeFile(join(folder, 'flows.json'), JSON.stringify(flow));
    const url = `http://127.0.0.1:${port}/event`;
    const stop = await startProgram(
      [join(installed, 'node_modules', 'node-red', 'red.js'), '-u', folder, '-s', settings],
      { cwd: folder, env: { NODE_ENV: 'production' }, log: join(folder, 'node-red.log') },
      async () => (await fetch(`http://127.0.0.1:${port}/ready`)).status === 200,
    );
    return { url, wrap: (event) => event, stop };
  },
};

const insert = `
await global.get('pool').query('insert into event (payload) values ($1)', [msg.payload]);
msg.payload = { stored: true };
return msg;`;

const flow = [
  { id: 'tab', type: 'tab', label: 'events' },
  { id: 'in', z: 'tab', type: 'http in', url: '/event', method: 'post', wires: [['store']] },
  { id: 'store', z: 'tab', type: 'function', func: insert, outputs: 1, libs: [], wires: [['out']] },
  { id: 'ready', z: 'tab', type: 'http in', url: '/ready', method: 'get', wires: [['out']] },
  { id: 'out', z: 'tab', type: 'http response', statusCode: '200', wires: [] },
];

function settingsFile(place: Pick<PeerPlace, 'installed' | 'database' | 'port'>): string {
  const pg = join(place.installed, 'node_modules', 'pg');
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: place.port,
    httpAdminRoot: false,
    flowFile: 'flows.json',
    telemetry: { enabled: false },
    logging: { console: { level: 'warn' } },
  };
  return `
const { Pool } = require(${JSON.stringify(pg)});
const pool = new Pool(${JSON.stringify({ ...place.database, max: sessions })});
module.exports = { ...${JSON.stringify(settings)}, functionGlobalContext: { pool } };
`;
}
