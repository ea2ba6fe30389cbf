import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { probeAudio } from '../src/lib/audio/probe-audio.ts';
import { openDiskStore } from '../src/storage/disk.ts';
import { createLocalEngine } from '../src/transcribe/local/local-engine.ts';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';
import { storeMuted } from '../src/transcribe/mute/store-muted.ts';
import { redact } from '../src/transcribe/redact/redact.ts';
import { makeTurns } from '../src/transcribe/turns/make-turns.ts';
import { createListenAlone } from './speech/listen-alone.ts';
import { watchDescendants } from './speech/process-usage.ts';

/**
 * What one recording costs from the file to redacted turns and a muted copy: seconds, processor time and memory of
 * each step, and what all but hearing takes of it. Run it under `taskset -c 0` for one core. Without `--model` only decoding is measured;
 * with `--alone` also the recogniser by itself, on all of the sound.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    model: { type: 'string' },
    models: { type: 'string' },
    alone: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
if (!values.file) {
  throw new Error(
    'Usage: npm run -s eval:pipeline -- --file FILE [--model NAME] [--models DIR] [--alone] [--json]',
  );
}
const { file } = values;
let alone: number | null = null;
const steps: Record<string, { seconds: number; cpu_seconds: number; peak_mb: number }> = {};

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const watch = watchDescendants();
  const own = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(own);
  const { cpuSeconds, peakMegabytes } = watch.stop();
  const cpu = cpuSeconds + (user + system) / 1e6;
  steps[name] = { seconds: round(seconds), cpu_seconds: round(cpu), peak_mb: peakMegabytes };
  return result;
}
const round = (value: number) => Number(value.toFixed(2));

const scratch = await mkdtemp(join(tmpdir(), 'aria-pipeline-'));
try {
  const probe = await step('measure the file', () => probeAudio(file));
  const copy = values.model ? await hear(probe.seconds, probe.duplicated ? 1 : probe.channels) : null;
  const storage = await openDiskStore(join(scratch, 'audio'));
  await step('store a muted copy', () =>
    storeMuted(
      { hash: '', path: file, sealed: null, copy },
      [{ start: 1, end: 2 }],
      {
        storage,
        draft: async () => join(scratch, 'muted'),
        keepOriginals: false,
        sealingKey: async () => Buffer.alloc(32),
      },
      AbortSignal.timeout(3_600_000),
    ),
  );
  const all = Object.values(steps);
  const cpuSeconds = all.reduce((sum, one) => sum + one.cpu_seconds, 0);
  const hearing = steps['hear it']?.cpu_seconds ?? null;
  const result = {
    audio_seconds: round(probe.seconds),
    channels: probe.channels,
    seconds: round(all.reduce((sum, one) => sum + one.seconds, 0)),
    cpu_seconds: round(cpuSeconds),
    // of the processor time of hearing, which is the engine's own with decoding and looking for speech
    overhead: hearing ? round((cpuSeconds - hearing) / hearing) : null,
    times_engine_alone: alone === null ? null : round(cpuSeconds / alone),
    steps,
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    console.log(
      `${result.audio_seconds} s of audio, ${result.channels} channels: ${result.seconds} s, ${result.cpu_seconds} s of processor`,
    );
    if (alone !== null) console.log(`${result.times_engine_alone} times the recogniser alone`);
    if (result.overhead !== null) console.log(`${round(100 * result.overhead)} % on top of hearing`);
    console.table(steps);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** @returns the copy that was written on the way; null: none was */
async function hear(seconds: number, channels: number): Promise<string | null> {
  const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
    (one) => one !== undefined,
  );
  const model = (await findModels(folders)).find((one) => one.name === values.model);
  if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);
  const engine = createLocalEngine({ model, vad: await findVad(folders), workers: 1 });
  try {
    const copyTo = join(scratch, 'copy');
    const audio = { path: file, seconds, channels, layout: 'caller-agent' as const, copyTo };
    const raw = await step('hear it', () => engine.transcribe(audio, AbortSignal.timeout(3_600_000)));
    await step('turns and redaction', async () => redact(makeTurns(raw, audio.layout)));
    if (values.alone) alone = await createListenAlone(model)(file, channels);
    return raw.copied ? copyTo : null;
  } finally {
    await engine.close();
  }
}
