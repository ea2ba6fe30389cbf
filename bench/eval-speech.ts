import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLocalEngine } from '../src/transcribe/local/local-engine.ts';
import { findModels, findVad } from '../src/transcribe/models/find-models.ts';
import { makeDegraded } from './speech/degrade.ts';
import { type EvalItem, readManifest } from './speech/manifest.ts';
import { wordErrors } from './speech/word-errors.ts';

/**
 * Word error rate and speed of a local model over a manifest of recordings with reference text. Each channel with a
 * reference counts by itself; `wide->phone` is `wide` again through a telephone's band and mu-law. RTF is the
 * recognition process's time per second of audio (a channel's second counts once per channel).
 */
const { values } = parseArgs({
  options: {
    manifest: { type: 'string' },
    model: { type: 'string' },
    models: { type: 'string' },
    json: { type: 'boolean' },
  },
});
if (!values.manifest || !values.model) {
  throw new Error('Usage: npm run -s eval:speech -- --manifest FILE --model NAME [--models DIR] [--json]');
}
const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
  (one) => one !== undefined,
);
const model = (await findModels(folders)).find((one) => one.name === values.model);
if (!model) throw new Error(`No model ${values.model} in ${folders.join(', ')}`);
const vad = await findVad(folders);
const items = await readManifest(values.manifest);
const engine = createLocalEngine({ model, vad, workers: 1 });

type Tally = { words: number; errors: number; seconds: number; work: number; files: number };
const tallies = new Map<string, Tally>();

async function measure(item: EvalItem, set: string, path: string) {
  const audio = { path, seconds: item.seconds, channels: item.channels, layout: 'mono' as const };
  const heard = await engine.transcribe(audio, AbortSignal.timeout(600_000));
  const tally = tallies.get(set) ?? { words: 0, errors: 0, seconds: 0, work: 0, files: 0 };
  for (const [channel, reference] of item.references.entries()) {
    const said = heard.channels.find((one) => one.channel === channel)?.segments ?? [];
    const { words, errors } = wordErrors(reference, said.map((segment) => segment.text).join(' '));
    tally.words += words;
    tally.errors += errors;
  }
  tally.seconds += item.seconds * item.channels;
  tally.work += heard.seconds;
  tally.files += 1;
  tallies.set(set, tally);
}

const degraded = await makeDegraded();
try {
  for (const item of items) {
    const path = resolve(dirname(values.manifest), item.file);
    await measure(item, item.set, path);
    if (item.set === 'wide') await measure(item, 'wide->phone', await degraded.degrade(path));
  }
} finally {
  await engine.close();
  await degraded.remove();
}

const all = [...tallies.values()];
const total = (pick: (one: Tally) => number) => all.reduce((sum, one) => sum + pick(one), 0);
const round = (value: number) => Number(value.toFixed(4));
const result = {
  model: model.name,
  vad: vad ? 'silero' : 'energy gate',
  wer: round(total((one) => one.errors) / total((one) => one.words)),
  rtf: round(total((one) => one.work) / total((one) => one.seconds)),
  by_set: Object.fromEntries(
    [...tallies].map(([set, one]) => [
      set,
      {
        files: one.files,
        words: one.words,
        wer: round(one.errors / one.words),
        rtf: round(one.work / one.seconds),
      },
    ]),
  ),
};
if (values.json) {
  console.log(JSON.stringify(result));
} else {
  console.log(`${result.model} (${result.vad}): WER ${(100 * result.wer).toFixed(1)} %, RTF ${result.rtf}`);
  console.table(result.by_set);
}
