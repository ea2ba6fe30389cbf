import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectPool, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { createNormalize } from '../src/main/normalize-for.ts';
import { runReplayCommand } from '../src/main/run-replay-command.ts';
import { startArrivalClock } from '../src/receive/arrival-clock.ts';
import { listConnectionSettings } from '../src/receive/connection-directory.ts';
import { createConnection } from '../src/receive/connection-store.ts';
import { storeEvents } from '../src/receive/event-store.ts';
import { importedEvents } from '../src/receive/import/imported-event.ts';
import { saveMapping } from '../src/receive/mapping-store.ts';
import { benchConnection } from './bench-connection.ts';
import { documentedEvent } from './documented-event.ts';

/** How long a replay takes in which every event is read otherwise; fsync on. Each call has two events. */
const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
const total = Number(options.events);
const folder = await mkdtemp(join(tmpdir(), 'aria-bench-'));
const postgres = await startEmbedded({ folder });
try {
  const pool = connectPool(postgres.url, 4);
  const db = openDatabase(pool);
  await migrate(db);
  const key = await createConnection(db, benchConnection);
  const connection = (await listConnectionSettings(db)).get(key.connectionId)!;
  const deps = { normalize: createNormalize(), now: await startArrivalClock(db) };
  const batch = 250;
  for (let at = 0; at < total / 2; at += batch) {
    for (const event of ['completed', 'disposition']) {
      const rows = Array.from({ length: Math.min(batch, total / 2 - at) }, (_, i) => {
        const { api_key: _key, ...data } = documentedEvent(key, `call-${at + i}`);
        const values = { ...data, event, agent_desk: `desk ${i % 40}` };
        const { events, reason } = importedEvents(values, connection, deps);
        if (reason !== null) throw new Error(reason);
        return events[0]!.row;
      });
      await storeEvents(pool, rows);
    }
  }
  const map = {
    aliases: { agent_desk: 'extra.desk' },
    constants: {},
    placeholders: [],
    date_order: 'month-first' as const,
    decimal_mark: 'country' as const,
  };
  await saveMapping(db, connection.id, map, 'bench');
  const began = performance.now();
  const wish = { connectionId: connection.id, from: null, to: null, dryRun: false };
  const quiet = { onProgress: () => undefined, signal: new AbortController().signal };
  const { events, changed, calls } = await runReplayCommand(db, wish, quiet);
  const summary = { events, changed, calls };
  const seconds = Number(((performance.now() - began) / 1000).toFixed(2));
  const rss = Math.round(process.memoryUsage().rss / 1024 / 1024);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...summary, seconds, rss_mb: rss })}\n`
      : `${summary.changed} of ${summary.events} events read otherwise, ${summary.calls} calls rebuilt: ${seconds} s, ${Math.round(total / seconds)} events/s, ${rss} MB.\n`,
  );
  await db.destroy();
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
