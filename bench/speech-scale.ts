import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { probeAudio } from '../src/lib/audio/probe-audio.ts';
import { createLocalEngine } from '../src/transcribe/local/local-engine.ts';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';

/**
 * Calls per minute of the local engine with one recognition process and with one per core. The same recording is heard
 * again and again. `load_before` is the machine's load beforehand: with other work beside, cores are not free and the
 * ratio says little.
 */
const { values } = parseArgs({
  options: {
    recording: { type: 'string' },
    model: { type: 'string' },
    models: { type: 'string' },
    calls: { type: 'string', default: '8' },
    workers: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean' },
  },
});
if (!values.recording || !values.model) {
  throw new Error(
    'Usage: npm run -s bench:speech -- --recording FILE --model NAME [--models DIR] [--calls N] [--workers N] [--json]',
  );
}
const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
  (one) => one !== undefined,
);
const model = (await findModels(folders)).find((one) => one.name === values.model);
if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);
const vad = await findVad(folders);
const facts = await probeAudio(values.recording);
const audio = {
  path: values.recording,
  seconds: facts.seconds,
  channels: facts.channels,
  layout: 'mono' as const,
};
const never = new AbortController().signal;

/** @returns calls per minute, the time that processes need to start left out */
async function measure(workers: number, calls: number): Promise<number> {
  const engine = createLocalEngine({ model: model!, vad, workers });
  try {
    const hear = () => engine.transcribe(audio, never);
    await Promise.all(Array.from({ length: workers }, hear));
    const began = performance.now();
    await Promise.all(Array.from({ length: calls }, hear));
    return (calls * 60_000) / (performance.now() - began);
  } finally {
    await engine.close();
  }
}

const [workers, calls] = [Number(values.workers), Number(values.calls)];
const [load] = loadavg();
const one = await measure(1, calls);
const many = await measure(workers, calls);
const round = (value: number) => Number(value.toFixed(2));
const result = {
  model: model.name,
  seconds_of_audio: round(audio.seconds * audio.channels),
  load_before: round(load ?? 0),
  calls_per_minute: { '1': round(one), [String(workers)]: round(many) },
  ratio: round(many / one),
};
if (values.json) console.log(JSON.stringify(result));
else console.table({ ...result, calls_per_minute: JSON.stringify(result.calls_per_minute) });
