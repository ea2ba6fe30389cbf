import { parseArgs } from 'node:util';
import { readLabelled } from './redaction/labelled.ts';
import { scoreRedaction } from './redaction/score.ts';

/** Measures redaction against labelled calls: recall and precision, together and per kind. */
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    misses: { type: 'boolean' },
  },
});
if (!values.set) {
  throw new Error('Usage: npm run -s eval:redaction -- --set FILE.jsonl|FILE.txt … [--json] [--misses]');
}
const calls = (await Promise.all(values.set.map(readLabelled))).flat();
const { misses, ...result } = scoreRedaction(calls);
if (values.misses) for (const miss of misses) console.error(miss);
if (values.json) {
  console.log(JSON.stringify(result));
} else {
  console.log(
    `${result.calls} calls · recall ${result.recall ?? '—'} of ${result.labelled} · precision ${result.precision ?? '—'} of ${result.removals}`,
  );
  console.table(result.by_kind);
}
