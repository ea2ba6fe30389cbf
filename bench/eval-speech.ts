import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNames } from '../src/domain/engine.ts';
import { createLog } from '../src/lib/log.ts';
import { composeTranscribers } from '../src/main/compose-transcribers.ts';
import { readConfig } from '../src/main/config.ts';
import { createLocalEngine } from '../src/transcribe/local/local-engine.ts';
import type { Work } from '../src/transcribe/local/messages.ts';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';
import type { RawTranscript, Transcribe } from '../src/transcribe/transcriber.ts';
import { makeTurns } from '../src/transcribe/turns/make-turns.ts';
import { makeDegraded } from './speech/degrade.ts';
import { createListenAlone } from './speech/listen-alone.ts';
import { type EvalItem, readManifest } from './speech/manifest.ts';
import { type SpeakerErrors, speakerErrors } from './speech/speaker-errors.ts';
import { addTallies, describeTally, emptyTally, type Tally } from './speech/tally.ts';
import { wordErrors } from './speech/word-errors.ts';

/**
 * Word error rate, speed and memory of a speech engine over a manifest of recordings with reference text. Each
 * channel with a reference counts by itself; `wide->phone` is `wide` again through a telephone's band and mu-law.
 * `rtf` is the whole pipeline's work per second of audio (a channel's second counts once per channel), in processor
 * time, so that other work on the machine does not count; `rtf_engine_alone` that of the recogniser fed with the whole
 * channels and nothing around it. `speaker_errors` is the share of words that stand with somebody else than who said
 * them. Providers
 * (--engine openai, deepgram, assemblyai) are those of the configuration, and cost money.
 */
const { values } = parseArgs({
  options: {
    manifest: { type: 'string' },
    engine: { type: 'string', default: 'local' },
    model: { type: 'string' },
    models: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const name = engineNames.find((one) => one === values.engine);
if (!values.manifest || !name || (name === 'local' && !values.model)) {
  throw new Error(
    `Usage: npm run -s eval:speech -- --manifest FILE (--model NAME [--models DIR] | --engine ${engineNames.join('|')}) [--json]`,
  );
}
const manifest = values.manifest;
const items = await readManifest(manifest);
const engine = name === 'local' ? await openLocal() : await openProvider(name);
const tallies = new Map<string, Tally>();
const degraded = await makeDegraded();
try {
  for (const item of items) {
    const path = resolve(dirname(manifest), item.file);
    await measure(item, item.set, path);
    if (item.set === 'wide') await measure(item, 'wide->phone', await degraded.degrade(path));
  }
} finally {
  await engine.stop();
  await degraded.remove();
}

const whole = describeTally([...tallies.values()].reduce(addTallies, emptyTally()));
const result = {
  engine: name,
  ...engine.about,
  ...whole,
  ...(engine.peakMb() > 0 ? { peak_mb: Math.round(engine.peakMb()) } : {}),
  by_set: Object.fromEntries([...tallies].map(([set, tally]) => [set, describeTally(tally)])),
};
if (values.json) {
  console.log(JSON.stringify(result));
} else {
  const { by_set, ...overall } = result;
  console.log(
    Object.entries(overall)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
  );
  console.table(by_set);
}

async function measure(item: EvalItem, set: string, path: string) {
  const audio = { path, seconds: item.seconds, channels: item.channels, layout: 'mono' as const };
  const heard = await engine.transcribe(audio, AbortSignal.timeout(900_000));
  const work = engine.cpuSeconds?.() ?? heard.seconds;
  const alone = engine.alone ? await engine.alone(path, item.channels) : null;
  const cost = heard.cost === null ? null : Number(heard.cost);
  const tally = {
    ...emptyTally(),
    files: 1,
    seconds: item.seconds * item.channels,
    work,
    alone,
    cost,
    ...whoSpeaks(item, heard),
  };
  const errors = item.references.map((reference, channel) => {
    const said = heard.channels.find((one) => one.channel === channel)?.segments ?? [];
    return wordErrors(reference, said.map((segment) => segment.text).join(' '));
  });
  const sum = errors.reduce<Tally>((all, one) => addTallies(all, { ...emptyTally(), ...one }), tally);
  tallies.set(set, addTallies(tallies.get(set) ?? emptyTally(), sum));
}

/** Words that stand with the wrong speaker, by channel where there are two, else by voices and words. */
function whoSpeaks({ speakers, channels }: EvalItem, heard: RawTranscript): SpeakerErrors {
  if (!speakers) return { spoken: 0, misplaced: 0 };
  const layout = channels < 2 ? 'mono' : speakers.names[0] === 'agent' ? 'agent-caller' : 'caller-agent';
  return speakerErrors(makeTurns(heard, layout), speakers.spans);
}

type Opened = {
  transcribe: Transcribe;
  /** The recogniser by itself, where it can be had. */
  alone: ((path: string, channels: number) => Promise<number>) | null;
  about: Record<string, string>;
  /** Of the last recording; null where the work is done elsewhere. */
  cpuSeconds: (() => number) | null;
  peakMb: () => number;
  stop: () => Promise<void>;
};

async function openLocal(): Promise<Opened> {
  const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
    (one) => one !== undefined,
  );
  const model = (await findModels(folders)).find((one) => one.name === values.model);
  if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);
  const vad = await findVad(folders);
  let peak = 0;
  let cpu = 0;
  const onWork = ({ peakMb, cpuSeconds }: Work) => {
    peak = Math.max(peak, peakMb);
    cpu = cpuSeconds;
  };
  const local = createLocalEngine({ model, vad, workers: 1, onWork });
  return {
    transcribe: local.transcribe,
    alone: createListenAlone(model),
    about: { model: model.name, vad: vad ? 'silero' : 'energy gate' },
    cpuSeconds: () => cpu,
    peakMb: () => peak,
    stop: local.close,
  };
}

async function openProvider(provider: Exclude<typeof name, undefined>): Promise<Opened> {
  const transcribers = composeTranscribers(readConfig(), { log: createLog('warn') });
  const [found] = await transcribers.engines([provider]);
  if (!found) throw new Error(`${provider} is not set up; npx aria engines list says what is missing`);
  const { transcribe } = found;
  return { transcribe, alone: null, about: {}, cpuSeconds: null, peakMb: () => 0, stop: transcribers.stop };
}
