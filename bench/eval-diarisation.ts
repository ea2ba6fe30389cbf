import { parseArgs } from 'node:util';
import { findVoicePair } from '../src/transcribe/models/find-voice-models.ts';
import { measureDiarisation } from './speech/measure-diarisation.ts';

/** How well two voices on one channel are told apart, per recording of a manifest; with the models or without. */
const { values } = parseArgs({
  options: {
    manifest: { type: 'string' },
    models: { type: 'string' },
    'with-models': { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
if (!values.manifest) {
  throw new Error(
    'Usage: npm run -s eval:diarisation -- --manifest FILE [--models DIR] [--with-models] [--json]',
  );
}
const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
  (one) => one !== undefined,
);
const pair = values['with-models'] ? await findVoicePair(folders) : null;
if (values['with-models'] && !pair) throw new Error(`The two models are not in ${folders.join(', ')}`);
const results = await measureDiarisation(values.manifest, folders, undefined, pair);
if (values.json) console.log(JSON.stringify(results));
else console.table(results);
