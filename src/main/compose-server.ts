import { fileURLToPath } from 'node:url';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { connectIngestPool, openDatabase } from '../db/database.ts';
import { listen } from '../db/listen.ts';
import { createAuth } from '../http/auth.ts';
import { drainServer } from '../http/drain-server.ts';
import { isUnavailable } from '../http/problems.ts';
import { buildServer } from '../http/server.ts';
import { checkMapping } from '../normalize/check-mapping.ts';
import { isContractName } from '../normalize/field-mapping.ts';
import { mergeEvents } from '../normalize/merge.ts';
import { readingSettings } from '../normalize/reading-settings.ts';
import { testEvent } from '../normalize/test-event.ts';
import { rerunCall, rerunMatching } from '../pipeline/rerun.ts';
import { startArrivalClock } from '../receive/arrival-clock.ts';
import { openConnectionDirectory } from '../receive/connection-directory.ts';
import { createRefusalCounter } from '../receive/connection-store.ts';
import { startEraser } from '../receive/erase/start-eraser.ts';
import { findStaleCalls, foldCalls } from '../receive/fold-calls.ts';
import { startUploadImporter } from '../receive/import/import-uploads.ts';
import { createIngest } from '../receive/ingest.ts';
import { startReplayer } from '../receive/replay/start-replayer.ts';
import { startSecondLook } from '../receive/second-look.ts';
import { describeCriterion, type ScorecardStore } from '../score/scorecard-store.ts';
import { BlobMissing } from '../storage/blob-store.ts';
import { openDiskStore } from '../storage/disk.ts';
import { composeEngineRoutes } from './compose-engine-routes.ts';
import { composeJudgement } from './compose-judgement.ts';
import { composeReading } from './compose-reading.ts';
import { composeRecordingHosts } from './compose-recording-hosts.ts';
import type { Config } from './config.ts';
import { describeKey } from './describe-key.ts';
import { audioFolder, uploadFolder } from './folders.ts';
import { installationSecret } from './installation-secret.ts';
import { createExplain, createNormalize } from './normalize-for.ts';
import { policySecondsOf } from './policy-seconds.ts';
import { publicUrl } from './public-url.ts';
import type { Store } from './store.ts';

const refusalFlushMs = 5_000;
/** Two flushes, a fold beside each, and a look at the keys. */
const webhookSessions = 5;
/** Senders wait no longer than about half a minute; by then they must have their 503. */
const webhookStatementMs = 12_000;

/** Everything that answers HTTP, wired and listening. */
export async function composeServer(
  config: Config,
  store: Store,
  deps: {
    logBug: (error: unknown, context: Record<string, unknown>) => string;
    scorecards: ScorecardStore;
    onStored: () => void;
    /** There is a rescore to work on. */
    onRescore: () => void;
  },
): Promise<{ url: string; stop: () => Promise<void> }> {
  const { db } = store;
  // sessions of its own: reports and stages that hold all the others must not keep events from the disk
  const webhookPool = connectIngestPool(store.url, webhookSessions, webhookStatementMs);
  const webhookDb = openDatabase(webhookPool);
  await foldCalls(db, mergeEvents, await findStaleCalls(db));
  const directory = await openConnectionDirectory(webhookDb);
  const news = await listen(store.url, 'aria_connection', () => {
    directory.reload().catch((error) => deps.logBug(error, { at: 'connection directory' }));
  });
  const ingest = createIngest({
    pool: webhookPool,
    db: webhookDb,
    merge: mergeEvents,
    onStored: deps.onStored,
    onError: (error) => deps.logBug(error, { at: 'folding calls' }),
  });
  const refusals = createRefusalCounter(db);
  const refusalTimer = setInterval(() => {
    refusals.flush().catch((error) => deps.logBug(error, { at: 'refusal counter' }));
  }, refusalFlushMs);

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'aria_webhook_events_total',
    help: 'Events by what became of them: accepted, duplicate, skipped, or the status of a refusal',
    labelNames: ['status'],
    registers: [registry],
  });
  const storage = await openDiskStore(audioFolder(config));
  const address = { url: publicUrl(config) };
  const auth = createAuth({ db, secret: await installationSecret(db, 'session'), publicUrl: address.url });

  const receive = {
    findConnection: directory.find,
    countRefused: refusals.count,
    normalize: createNormalize(),
    now: await startArrivalClock(db),
    store: ingest.submit,
  };
  const importer = startUploadImporter({
    ...receive,
    db,
    folder: uploadFolder(config),
    waiting: () => ingest.waiting,
    onError: (error) => deps.logBug(error, { at: 'importing uploads' }),
  });

  const replayer = startReplayer({
    db,
    merge: mergeEvents,
    normalize: receive.normalize,
    waiting: () => ingest.waiting,
    onReplayed: deps.onStored,
    isUnavailable,
    logBug: (error) => deps.logBug(error, { at: 'replay' }),
  });

  const eraser = startEraser({
    db,
    merge: mergeEvents,
    storage,
    isUnavailable,
    logBug: (error) => deps.logBug(error, { at: 'erasing a caller' }),
  });

  const reading = await composeReading(config, db, {
    policySeconds: policySecondsOf(deps.scorecards),
    logBug: deps.logBug,
  });
  const secondLook = startSecondLook({
    db,
    onError: (error) => deps.logBug(error, { at: 'second look' }),
  });

  const app = await buildServer({
    ...reading.deps,
    db,
    auth,
    publicUrl: () => address.url,
    scorecardIds: async () => (await deps.scorecards.current()).published.map(({ id }) => id),
    describeKey: (key) => describeKey(db, address.url, key),
    receive,
    exampleEvent: (connection, callInstanceId) => {
      const known = { apiKey: '', connectionId: connection.id, timeZone: connection.timeZone };
      const dateOrder = connection.mapping?.map.date_order;
      const { api_key: _, ...event } = testEvent({
        ...known,
        now: new Date(),
        ...(dateOrder && { dateOrder }),
      });
      return { ...event, call_instance_id: callInstanceId };
    },
    engines: composeEngineRoutes(config, db),
    imports: {
      uploadFolder: uploadFolder(config),
      maxUploadBytes: config.ARIA_MAX_IMPORT_MB * 1024 * 1024,
      onUpload: importer.kick,
    },
    replay: { merge: mergeEvents, normalize: receive.normalize },
    onEraseAsked: eraser.kick,
    onReplayed: deps.onStored,
    onReplayAsked: replayer.kick,
    mapping: {
      explain: createExplain(),
      isContractName,
      checkMapping: (mapping, connection) => {
        const proposed = { ...connection, mapping: { version: 0, map: mapping } };
        return checkMapping(mapping, readingSettings(proposed), new Date());
      },
    },
    recordingHosts: composeRecordingHosts(db, deps.onStored),
    onScorecardChanged: async (connectionId) => {
      await rerunMatching(db, 'score', { connectionId, code: 'score.no-scorecard' });
      deps.onStored();
    },
    rerun: async (callId, stage) => {
      const found = await rerunCall(db, callId, stage);
      deps.onStored();
      return found;
    },
    timeZone: config.ARIA_TIME_ZONE,
    mergeEvents,
    describeCriterion: (scorecard, version, criterion) =>
      describeCriterion(deps.scorecards, scorecard, version, criterion),
    judgement: composeJudgement({
      config,
      db,
      store: deps.scorecards,
      onRescore: deps.onRescore,
      onAssigned: async () => {
        await rerunMatching(db, 'score', { code: 'score.no-scorecard' });
        deps.onStored();
      },
    }),
    openAudio: (hash, range) => storage.open(hash, range).catch(nullWhereMissing),
    registry,
    isFailing: () => ingest.isFailing,
    countEvent: (status) => events.inc({ status }),
    pagesFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    docsFolder: fileURLToPath(new URL('../../docs', import.meta.url)),
    trustProxy: config.ARIA_TRUST_PROXY,
    logBug: deps.logBug,
  });
  const stop = async () => {
    // first no new requests, then everything accepted reaches the disk
    await drainServer(app);
    await importer.stop();
    await reading.stop();
    await replayer.stop();
    await eraser.stop();
    await secondLook.stop();
    await ingest.drained();
    clearInterval(refusalTimer);
    await refusals.flush();
    await news.close();
    await webhookDb.destroy();
  };
  try {
    const listening = await app.listen({ port: config.ARIA_PORT, host: config.ARIA_HOST });
    // port 0 lets the system choose
    if (config.ARIA_PORT === 0 && !config.ARIA_PUBLIC_URL) address.url = listening;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: address.url, stop };
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof BlobMissing) return null;
  throw error;
}
