import fastify from 'fastify';
import { connectIngestPool, openDatabase } from '../src/db/database.ts';
import { webhook } from '../src/http/webhook.ts';
import { createNormalize } from '../src/main/normalize-for.ts';
import { mergeEvents } from '../src/normalize/merge.ts';
import { startArrivalClock } from '../src/receive/arrival-clock.ts';
import { openConnectionDirectory } from '../src/receive/connection-directory.ts';
import type { EventRow, StoredEvent } from '../src/receive/event-store.ts';
import { storeEvents } from '../src/receive/event-store.ts';
import { createIngest } from '../src/receive/ingest.ts';

/**
 * One server of the benchmark, in a process of its own: `node ingest-server.ts MODE DATABASE_URL`.
 * `floor` authenticates, parses and normalises, and stores nothing; `durable` is the product's way;
 * `one-by-one` runs the product's statement once per request, without group commit.
 */
const [mode, url] = process.argv.slice(2) as [string, string];
const pool = connectIngestPool(url, 16);
const db = openDatabase(pool);
const directory = await openConnectionDirectory(db);

async function storeNothing(row: EventRow): Promise<StoredEvent> {
  return { eventId: row.id, callId: row.newCallId, duplicate: false, stale: false };
}

function chooseStore(): (row: EventRow) => Promise<StoredEvent> {
  if (mode === 'floor') return storeNothing;
  if (mode === 'one-by-one') return async (row) => (await storeEvents(pool, [row]))[0]!;
  return createIngest({ pool, db, merge: mergeEvents, onStored: () => undefined, onError: console.error })
    .submit;
}

const app = fastify({ logger: false });
const now = await startArrivalClock(db);
await app.register((scope) =>
  webhook(scope, {
    db,
    findPrincipal: async () => null,
    count: () => undefined,
    findConnection: directory.find,
    countRefused: () => undefined,
    normalize: createNormalize(),
    now,
    store: chooseStore(),
  }),
);
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ address });
process.on('disconnect', () => process.exit(0));
