import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';
import { callsPerMinute } from './speech/calls-per-minute.ts';
import { makeLongCall, runPipeline } from './speech/run-pipeline.ts';

/**
 * What the local engine must hold, each beside its bar: calls per minute with one recognition process and with one per
 * core; an hour of two channels on one core; the whole pipeline against the recogniser alone. `load_before` is the
 * machine's load beforehand: with other work beside, the first two say little.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    models: { type: 'string' },
    recording: { type: 'string' },
    calls: { type: 'string', default: '8' },
    workers: { type: 'string', default: String(availableParallelism()) },
    minutes: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
});
if (!values.model) {
  throw new Error(
    'Usage: npm run -s bench:speech -- --model NAME [--models DIR] [--recording FILE] [--calls N] [--workers N] [--minutes N] [--only calls|hour|overhead …] [--json]',
  );
}
const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
  (one) => one !== undefined,
);
const model = (await findModels(folders)).find((one) => one.name === values.model);
if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);

type Row = { what: string; measured: number; bar: string; holds: boolean };
const rows: Row[] = [];
const round = (value: number) => Number(value.toFixed(2));
const atMost = (what: string, measured: number, bar: number) =>
  rows.push({ what, measured: round(measured), bar: `≤ ${bar}`, holds: measured <= bar });
const atLeast = (what: string, measured: number, bar: number) =>
  rows.push({ what, measured: round(measured), bar: `≥ ${bar}`, holds: measured >= bar });

const isWanted = (part: string) => !values.only || values.only.includes(part);
const [load = 0] = loadavg();
const scratch = await mkdtemp(join(tmpdir(), 'aria-bench-'));
try {
  const pipelineArgs = (file: string) => [
    ...['--file', file, '--model', model.name],
    ...folders.slice(0, 1).flatMap((folder) => ['--models', folder]),
  ];
  if (isWanted('calls')) {
    const recording = values.recording ?? join(scratch, 'two.mp3');
    if (!values.recording) await makeLongCall(2, recording);
    const vad = await findVad(folders);
    const [workers, calls] = [Number(values.workers), Number(values.calls)];
    const one = await callsPerMinute(recording, { model, vad, workers: 1 }, calls);
    const many = await callsPerMinute(recording, { model, vad, workers }, calls);
    rows.push({ what: 'calls per minute, one process', measured: round(one), bar: '', holds: true });
    atLeast(`${workers} processes: times as many`, many / one, 1.7);
  }
  if (isWanted('hour')) {
    const hour = join(scratch, 'hour.mp3');
    await makeLongCall(Number(values.minutes), hour);
    const { seconds, steps } = await runPipeline(pipelineArgs(hour), true);
    atMost(`${values.minutes} minutes of stereo MP3 on one core, s`, seconds, 180);
    const peak = Math.max(...Object.values(steps).map((step) => step.peak_mb));
    atMost('the most memory that its processes held, MB', peak, 400);
  }
  if (isWanted('overhead')) {
    const ten = join(scratch, 'ten.mp3');
    await makeLongCall(Math.min(10, Number(values.minutes)), ten);
    const cost = await runPipeline([...pipelineArgs(ten), '--alone'], false);
    atMost('whole pipeline, times the recogniser alone', cost.times_engine_alone ?? Number.NaN, 1.1);
    const hearing = cost.steps['hear it']!.cpu_seconds;
    atMost('% of processor time on top of hearing', (100 * (cost.cpu_seconds - hearing)) / hearing, 5);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
const result = { model: model.name, cores: availableParallelism(), load_before: round(load), rows };
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`${result.model}, ${result.cores} cores, load ${result.load_before} before`);
  console.table(rows);
}
if (rows.some(({ holds }) => !holds)) process.exitCode = 1;
