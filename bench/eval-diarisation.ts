import { parseArgs } from 'node:util';
import { measureDiarisation } from './speech/measure-diarisation.ts';

/** How well two voices on one channel are told apart, per recording of a manifest. */
const { values } = parseArgs({
  options: { manifest: { type: 'string' }, models: { type: 'string' }, json: { type: 'boolean' } },
});
if (!values.manifest) {
  throw new Error('Usage: npm run -s eval:diarisation -- --manifest FILE [--models DIR] [--json]');
}
const folders = [values.models, process.env.ARIA_MODELS_DIR, 'data/models'].filter(
  (one) => one !== undefined,
);
const results = await measureDiarisation(values.manifest, folders);
if (values.json) console.log(JSON.stringify(results));
else console.table(results);
