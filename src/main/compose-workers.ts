import { engineNames } from '../domain/engine.ts';
import type { Logger } from '../lib/log.ts';
import { createSafeFetch } from '../lib/safe-fetch.ts';
import { startQueue } from '../pipeline/queue.ts';
import { startRelay } from '../pipeline/relay.ts';
import { startWorkers } from '../pipeline/workers.ts';
import { createHostGate } from '../recording/host-gate.ts';
import { makeRecordingStage } from '../recording/recording-stage.ts';
import { recordingRetries } from '../recording/retry-schedule.ts';
import { startDecidingLaterCalls } from '../score/decide-later-calls.ts';
import { startWakingRefused } from '../score/model/wake-refused.ts';
import { startRescorer } from '../score/rescore/rescorer.ts';
import { makeScoreStage } from '../score/score-stage.ts';
import type { ScorecardStore } from '../score/scorecard-store.ts';
import { openDiskStore } from '../storage/disk.ts';
import { openDraftFolder } from '../storage/draft-folder.ts';
import { engineAlerts } from '../transcribe/engines/engine-alerts.ts';
import { wakeParked } from '../transcribe/engines/wake-parked.ts';
import { startRemovingFiles } from '../transcribe/mute/remove-files.ts';
import { makeTranscribeStage } from '../transcribe/transcribe-stage.ts';
import { composeJudge, judgeNames } from './compose-judge.ts';
import { recordingSealingKey } from './compose-recording-hosts.ts';
import { composeSchedule } from './compose-schedule.ts';
import { composeTranscribers, defaultOrder } from './compose-transcribers.ts';
import type { Config } from './config.ts';
import { audioFolder, downloadFolder, workFolder } from './folders.ts';
import { hearRecordedVoices } from './hear-recorded-voices.ts';
import { installationSecret } from './installation-secret.ts';
import { policySecondsOf } from './policy-seconds.ts';
import type { Store } from './store.ts';
import { surveyRecordings } from './survey-recordings.ts';
import { transcribeWorkers } from './transcribe-workers.ts';

/** What lies in the work folder is read for as long as a recording is heard, and is not written to meanwhile. */
const workStaleMs = 6 * 3600 * 1000;
/** Seconds between tries for faults that pass: a provider that is away, a process that died. */
const transcribeRetries = [10, 60, 300, 1_800, 7_200, 21_600];
const scoreRetries = [10, 60, 600];
/** Downloads wait for other people's servers most of the time. */
const recordingConcurrency = 12;

/** The pipeline: queue, relay and the stages' handlers, wired and running. */
export async function composeWorkers(
  config: Config,
  store: Store,
  deps: {
    log: Logger;
    logBug: (error: unknown, context: Record<string, unknown>) => string;
    scorecards: ScorecardStore;
  },
): Promise<{ kick: () => void; onRescore: () => void; stop: () => Promise<void> }> {
  const { db } = store;
  const storage = await openDiskStore(audioFolder(config));
  const safeFetch = createSafeFetch({ allowHosts: config.ARIA_ALLOW_HOSTS });
  const transcribers = composeTranscribers(config, { log: deps.log });
  const judging = composeJudge(config, { db, onLack: (lack) => deps.log.warn(lack) });

  const boss = await startQueue(store.url, (error) => deps.log.warn({ err: error }, 'queue'));
  const relay = startRelay({
    db,
    boss,
    wake: async () => wakeParked(db, await transcribers.engines(engineNames), defaultOrder(config)),
    onError: (error) => deps.log.warn({ err: error }, 'relay'),
  });
  const drafts = await openDraftFolder(workFolder(config), workStaleMs);
  const removal = startRemovingFiles({
    db,
    storage,
    clear: drafts.clear,
    onError: (error) => deps.log.warn({ err: error }, 'removing audio files'),
  });
  const running = await startWorkers({
    db,
    boss,
    onFinished: () => {
      relay.kick();
      removal.kick();
    },
    logBug: deps.logBug,
    setup: {
      recording: {
        handler: makeRecordingStage({
          db,
          storage,
          safeFetch,
          gate: createHostGate({
            concurrency: config.ARIA_RECORDING_PER_HOST,
            perSecond: config.ARIA_RECORDING_RATE,
          }),
          limits: {
            maxBytes: config.ARIA_MAX_RECORDING_MB * 1024 * 1024,
            totalSeconds: config.ARIA_RECORDING_SECONDS,
            minimumBytesPerSecond: config.ARIA_RECORDING_MIN_RATE,
            maxRedirects: config.ARIA_RECORDING_REDIRECTS,
          },
          sealingKey: recordingSealingKey,
          tempFolder: downloadFolder(config),
        }),
        concurrency: recordingConcurrency,
        schedule: recordingRetries,
      },
      transcribe: {
        handler: makeTranscribeStage({
          db,
          storage,
          engines: transcribers.engines,
          alerts: engineAlerts(db),
          survey: surveyRecordings(config, deps.log),
          voices: hearRecordedVoices(config, deps.log),
          draft: async () => drafts.path(),
          keepOriginals: config.ARIA_KEEP_ORIGINALS,
          sealingKey: async () => Buffer.from(await installationSecret(db, 'recordings'), 'hex'),
        }),
        concurrency: transcribeWorkers(config),
        schedule: transcribeRetries,
      },
      score: {
        handler: makeScoreStage({
          db,
          judge: judging.judge,
          scorecards: deps.scorecards,
        }),
        concurrency: 2,
        schedule: scoreRetries,
      },
    },
  });

  const rescorer = startRescorer({
    db,
    scorecards: deps.scorecards,
    judges: judging.judges,
    onError: (error) => deps.logBug(error, { at: 'rescore' }),
  });

  const refused = startWakingRefused({
    db,
    usesModel: judgeNames(config)[0] !== 'local',
    onError: (error) => deps.logBug(error, { at: 'calls that a model server refused' }),
  });
  const laterCalls = startDecidingLaterCalls({
    db,
    onError: (error) => deps.logBug(error, { at: 'later calls' }),
  });

  const scheduler = await composeSchedule(config, db, {
    safeFetch,
    logBug: deps.logBug,
    policySeconds: policySecondsOf(deps.scorecards),
  });

  return {
    kick: relay.kick,
    onRescore: rescorer.kick,
    async stop() {
      await scheduler.stop();
      await relay.stop();
      await rescorer.stop();
      await refused.stop();
      await laterCalls.stop();
      await running.stop();
      await removal.stop();
      await boss.stop({ graceful: true, timeout: 5_000 });
      await transcribers.stop();
      await judging.stop();
      await safeFetch.close();
    },
  };
}
