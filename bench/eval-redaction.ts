import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { SensitiveKind, Speaker } from '../src/domain/transcript.ts';
import { findSensitive } from '../src/transcribe/redact/find-sensitive.ts';

/**
 * Measures redaction against labelled calls (JSON Lines with `turns` and `labels.sensitive`).
 *
 * A labelled stretch counts as removed when every word of it is removed; a removal counts as right when it touches
 * a labelled stretch. Speakers are given only where the call has two channels, as in production.
 */
type Labelled = {
  id: string;
  channels: 'stereo' | 'mono';
  turns: { speaker: Speaker; text: string }[];
  labels: { sensitive?: { kind: SensitiveKind; turn: number; text: string }[] };
};

const { values } = parseArgs({
  options: { set: { type: 'string' }, json: { type: 'boolean' }, misses: { type: 'boolean' } },
});
if (!values.set) throw new Error('Usage: npm run -s eval:redaction -- --set FILE.jsonl [--json] [--misses]');
const lines = (await readFile(values.set, 'utf8')).split('\n').filter((line) => line.trim() !== '');
const calls = lines.map((line) => JSON.parse(line) as Labelled);

type Counts = { labelled: number; removed: number; same_kind: number; removals: number; right: number };
const counts = new Map<SensitiveKind, Counts>();
const countsOf = (kind: SensitiveKind) => {
  const fresh = { labelled: 0, removed: 0, same_kind: 0, removals: 0, right: 0 };
  if (!counts.has(kind)) counts.set(kind, fresh);
  return counts.get(kind)!;
};

for (const call of calls) {
  const turns = call.turns.map(({ speaker, text }) => ({
    speaker: call.channels === 'mono' ? ('unknown' as const) : speaker,
    text,
  }));
  const found = findSensitive(turns);
  const labels = placeLabels(call);
  for (const label of labels) {
    const covering = found.filter(
      (one) => one.turn === label.turn && one.from < label.to && label.from < one.to,
    );
    const removed = isCovered(turns[label.turn]!.text, label, covering);
    countsOf(label.kind).labelled++;
    if (removed) countsOf(label.kind).removed++;
    if (removed && covering.every((one) => one.kind === label.kind)) countsOf(label.kind).same_kind++;
    if (!removed && values.misses)
      console.error(`missed ${call.id} turn ${label.turn} ${label.kind}: ${label.text}`);
  }
  for (const one of found) {
    const right = labels.some(
      (label) => label.turn === one.turn && label.from < one.to && one.from < label.to,
    );
    countsOf(one.kind).removals++;
    if (right) countsOf(one.kind).right++;
    if (!right && values.misses) {
      console.error(
        `wrong  ${call.id} turn ${one.turn} ${one.kind}: ${turns[one.turn]!.text.slice(one.from, one.to)}`,
      );
    }
  }
}

type Span = { kind: SensitiveKind; turn: number; from: number; to: number; text: string };

/** Where each label stands in its turn; a text that occurs twice is taken in the order of the labels. */
function placeLabels(call: Labelled): Span[] {
  const taken = new Map<string, number>();
  return (call.labels.sensitive ?? []).map((label) => {
    const key = `${label.turn} ${label.text}`;
    const from = call.turns[label.turn]!.text.indexOf(label.text, taken.get(key) ?? 0);
    if (from < 0) throw new Error(`${call.id}: label not found in turn ${label.turn}: ${label.text}`);
    taken.set(key, from + 1);
    return { ...label, from, to: from + label.text.length };
  });
}

function isCovered(text: string, label: Span, found: { from: number; to: number }[]): boolean {
  const words = [...text.slice(label.from, label.to).matchAll(/[\p{L}\p{N}]+/gu)];
  return words.every((word) => {
    const at = label.from + word.index;
    return found.some((one) => one.from <= at && at + word[0].length <= one.to);
  });
}

const sum = (pick: (one: Counts) => number) =>
  [...counts.values()].reduce((total, one) => total + pick(one), 0);
const ratio = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
const result = {
  calls: calls.length,
  labelled: sum((one) => one.labelled),
  removals: sum((one) => one.removals),
  recall: ratio(
    sum((one) => one.removed),
    sum((one) => one.labelled),
  ),
  precision: ratio(
    sum((one) => one.right),
    sum((one) => one.removals),
  ),
  by_kind: Object.fromEntries(
    [...counts].map(([kind, one]) => [
      kind,
      {
        ...one,
        recall: ratio(one.removed, one.labelled),
        precision: ratio(one.right, one.removals),
      },
    ]),
  ),
};

if (values.json) {
  console.log(JSON.stringify(result));
} else {
  console.log(
    `${result.calls} calls · recall ${result.recall ?? '—'} of ${result.labelled} · precision ${result.precision ?? '—'} of ${result.removals}`,
  );
  console.table(result.by_kind);
}
