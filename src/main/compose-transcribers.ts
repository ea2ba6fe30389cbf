import { type EngineName, engineNames } from '../domain/engine.ts';
import type { Logger } from '../lib/log.ts';
import { createSafeFetch, type SafeFetch } from '../lib/safe-fetch.ts';
import { createAssemblyAiTranscriber } from '../transcribe/assemblyai/assemblyai-transcriber.ts';
import { createDeepgramTranscriber } from '../transcribe/deepgram/deepgram-transcriber.ts';
import type { Engine } from '../transcribe/engines/engine.ts';
import { createLocalEngine, type LocalEngine } from '../transcribe/local/local-engine.ts';
import { createOpenAiTranscriber } from '../transcribe/openai/openai-transcriber.ts';
import type { Transcribe } from '../transcribe/transcriber.ts';
import type { Config } from './config.ts';
import { modelFingerprint, providerFingerprint } from './engine-fingerprint.ts';
import { findLocalModel } from './local-model.ts';
import { transcribeWorkers } from './transcribe-workers.ts';

export type Transcribers = {
  /** Those of an order that are set up, in that order; without one, in the installation's. Empty: calls wait. */
  engines: (order: readonly EngineName[] | null) => Promise<Engine[]>;
  stop: () => Promise<void>;
};

/** A model added while Aria runs is found within this time, and so is another choice. */
const lookAgainMs = 5_000;

/** The order of connections that have none of their own. */
export function defaultOrder(config: Config): readonly EngineName[] {
  return config.ARIA_ENGINES.length > 0 ? config.ARIA_ENGINES : engineNames;
}

/** All engines that are set up: providers by their settings, the local one by the model that is found. */
export function composeTranscribers(config: Config, deps: { log: Logger }): Transcribers {
  const clients: (SafeFetch & { close: () => Promise<void> })[] = [];
  // each provider was chosen by the operator, so it may stand in a private network; its client is its own: what it may
  // reach must not become reachable for recordings, whose addresses come from outside
  const clientFor = (url: string) => {
    const client = createSafeFetch({ allowHosts: [new URL(url).host] });
    clients.push(client);
    return client;
  };
  const providers = composeProviders(config, clientFor);
  const local = composeLocal(config, deps.log);
  return {
    async engines(order) {
      const here = await local.find();
      const all = here ? [...providers, here] : providers;
      return (order ?? defaultOrder(config)).flatMap((name) => all.filter((engine) => engine.name === name));
    },
    async stop() {
      await local.stop();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

function composeProviders(config: Config, clientFor: (url: string) => SafeFetch): Engine[] {
  const engines: Engine[] = [];
  const push = (name: 'openai' | 'deepgram' | 'assemblyai', transcribe: Transcribe) => {
    const settings = providerFingerprint(config, name);
    if (settings !== null) engines.push({ name, settings, transcribe });
  };
  const priceOf = (name: EngineName) => config.ARIA_TRANSCRIBE_PRICES[name] ?? null;
  if (config.ARIA_TRANSCRIBE_URL) {
    const [url, key, model] = [
      config.ARIA_TRANSCRIBE_URL,
      config.ARIA_TRANSCRIBE_KEY ?? null,
      config.ARIA_TRANSCRIBE_MODEL,
    ];
    const simulated = config.ARIA_TRANSCRIBE_SIMULATED;
    const common = { url, key, model, simulated, pricePerMinute: priceOf('openai') };
    const transcribe = createOpenAiTranscriber({ ...common, safeFetch: clientFor(url) });
    push('openai', transcribe);
  }
  if (config.ARIA_DEEPGRAM_KEY) {
    const [url, key, model] = [
      config.ARIA_DEEPGRAM_URL,
      config.ARIA_DEEPGRAM_KEY,
      config.ARIA_DEEPGRAM_MODEL,
    ];
    const common = { url, key, model, pricePerMinute: priceOf('deepgram') };
    const transcribe = createDeepgramTranscriber({ ...common, safeFetch: clientFor(url) });
    push('deepgram', transcribe);
  }
  if (config.ARIA_ASSEMBLYAI_KEY) {
    const [url, key, models] = [
      config.ARIA_ASSEMBLYAI_URL,
      config.ARIA_ASSEMBLYAI_KEY,
      config.ARIA_ASSEMBLYAI_MODELS,
    ];
    const common = { url, key, models, pricePerMinute: priceOf('assemblyai') };
    const transcribe = createAssemblyAiTranscriber({ ...common, safeFetch: clientFor(url) });
    push('assemblyai', transcribe);
  }
  return engines;
}

/** The local engine with the model of the moment; another model takes over once the old one's work is done. */
function composeLocal(config: Config, log: Logger) {
  let current: { engine: LocalEngine; settings: string } | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  const retiring = new Set<Promise<void>>();

  async function look(): Promise<void> {
    const { model, ...rest } = await findLocalModel(config);
    const settings = model ? await modelFingerprint(model) : null;
    if (settings === (current?.settings ?? null)) return;
    if (current) {
      const retired: Promise<void> = current.engine.retire().finally(() => retiring.delete(retired));
      retiring.add(retired);
    }
    current = null;
    if (!model || settings === null) return;
    const vad = 'vad' in rest ? rest.vad : null;
    const limits = { workers: transcribeWorkers(config), memoryMb: config.ARIA_TRANSCRIBE_MEMORY_MB ?? null };
    current = { engine: createLocalEngine({ model, vad, ...limits }), settings };
    log.info({ model: model.name }, 'speech model found');
  }

  return {
    async find(): Promise<Engine | null> {
      if (performance.now() - lookedAt >= lookAgainMs) {
        looking ??= look().finally(() => {
          lookedAt = performance.now();
          looking = null;
        });
        await looking;
      }
      return current && { name: 'local', settings: current.settings, transcribe: current.engine.transcribe };
    },
    async stop() {
      await current?.engine.close();
      await Promise.all(retiring);
    },
  };
}
