import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { muteAudio } from '../src/lib/audio/mute-audio.ts';
import { probeAudio } from '../src/lib/audio/probe-audio.ts';
import { createLocalEngine } from '../src/transcribe/local/local-engine.ts';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';
import { redact } from '../src/transcribe/redact/redact.ts';
import { makeTurns } from '../src/transcribe/turns/make-turns.ts';
import { watchDescendants } from './speech/process-usage.ts';

/**
 * What one recording costs from the file to redacted turns and a muted copy: seconds, processor time and memory of
 * each step. Run it under `taskset -c 0` for one core. Without `--model` only decoding is measured.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    model: { type: 'string' },
    models: { type: 'string' },
    json: { type: 'boolean' },
  },
});
if (!values.file) {
  throw new Error('Usage: npm run -s eval:pipeline -- --file FILE [--model NAME] [--models DIR] [--json]');
}
const { file } = values;
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
  if (values.model) await hear(probe.seconds, probe.duplicated ? 1 : probe.channels);
  await step('write a muted copy', () => muteAudio(file, join(scratch, 'muted'), [{ start: 1, end: 2 }]));
  const all = Object.values(steps);
  const result = {
    audio_seconds: round(probe.seconds),
    channels: probe.channels,
    seconds: round(all.reduce((sum, one) => sum + one.seconds, 0)),
    cpu_seconds: round(all.reduce((sum, one) => sum + one.cpu_seconds, 0)),
    steps,
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    console.log(
      `${result.audio_seconds} s of audio, ${result.channels} channels: ${result.seconds} s, ${result.cpu_seconds} s of processor`,
    );
    console.table(steps);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function hear(seconds: number, channels: number) {
  const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
    (one) => one !== undefined,
  );
  const model = (await findModels(folders)).find((one) => one.name === values.model);
  if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);
  const engine = createLocalEngine({ model, vad: await findVad(folders), workers: 1 });
  try {
    const audio = { path: file, seconds, channels, layout: 'caller-agent' as const };
    const raw = await step('hear it', () => engine.transcribe(audio, AbortSignal.timeout(3_600_000)));
    await step('turns and redaction', async () => redact(makeTurns(raw, audio.layout)));
  } finally {
    await engine.close();
  }
}
