import type { Logger } from '../lib/log.ts';
import { createSafeFetch } from '../lib/safe-fetch.ts';
import { createLocalEngine, type LocalEngine } from '../transcribe/local/local-engine.ts';
import { chooseModel } from '../transcribe/models/choose-model.ts';
import { findModels, findVad } from '../transcribe/models/find-models.ts';
import { createOpenAiTranscriber } from '../transcribe/openai/openai-transcriber.ts';
import type { Transcribe } from '../transcribe/transcriber.ts';
import type { Config } from './config.ts';
import { modelFolders } from './folders.ts';
import { transcribeWorkers } from './transcribe-workers.ts';

export type Transcribers = {
  /** Those that can work now, best first; empty: calls wait. */
  available: () => Promise<Transcribe[]>;
  stop: () => Promise<void>;
};

/** A model added while Aria runs is found within this time. */
const lookAgainMs = 5_000;

/** A configured server first, since it was chosen on purpose; then the local engine with the best model found. */
export function composeTranscribers(config: Config, deps: { log: Logger }): Transcribers {
  const server = config.ARIA_TRANSCRIBE_URL ? composeServer(config, config.ARIA_TRANSCRIBE_URL) : null;
  let local: LocalEngine | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function findLocal(): Promise<LocalEngine | null> {
    if (local || performance.now() - lookedAt < lookAgainMs) return local;
    lookedAt = performance.now();
    const folders = modelFolders(config);
    const model = chooseModel(await findModels(folders), config.ARIA_MODEL ?? null);
    if (!model) return null;
    local = createLocalEngine({ model, vad: await findVad(folders), workers: transcribeWorkers(config) });
    deps.log.info({ model: model.name }, 'speech model found');
    return local;
  }

  return {
    async available() {
      const engine = await findLocal();
      return [...(server ? [server.transcribe] : []), ...(engine ? [engine.transcribe] : [])];
    },
    async stop() {
      await local?.close();
      await server?.close();
    },
  };
}

/**
 * The server was chosen by the operator, so it may stand in a private network. Its client is its own: what it may
 * reach must not become reachable for recordings, whose addresses come from outside.
 */
function composeServer(config: Config, url: string): { transcribe: Transcribe; close: () => Promise<void> } {
  const safeFetch = createSafeFetch({ allowHosts: [new URL(url).host] });
  const transcribe = createOpenAiTranscriber({
    url,
    key: config.ARIA_TRANSCRIBE_KEY ?? null,
    model: config.ARIA_TRANSCRIBE_MODEL,
    simulated: config.ARIA_TRANSCRIBE_SIMULATED,
    pricePerMinute: null,
    safeFetch,
  });
  return { transcribe, close: safeFetch.close };
}
