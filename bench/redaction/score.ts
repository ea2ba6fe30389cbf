import type { SensitiveKind } from '../../src/domain/transcript.ts';
import { findSensitive } from '../../src/transcribe/redact/find-sensitive.ts';
import type { LabelledCall } from './labelled.ts';

type Counts = { labelled: number; removed: number; same_kind: number; removals: number; right: number };

/** How well redaction does on labelled calls. `misses` are lines for people. */
export type RedactionScore = {
  calls: number;
  labelled: number;
  removals: number;
  recall: number | null;
  precision: number | null;
  by_kind: Record<string, Counts & { recall: number | null; precision: number | null }>;
  misses: string[];
};

/**
 * A labelled stretch counts as removed when every word of it is removed; a removal counts as right when it touches
 * a labelled stretch. Speakers are given only where the call has two channels, as in production.
 */
export function scoreRedaction(calls: readonly LabelledCall[]): RedactionScore {
  const counts = new Map<SensitiveKind, Counts>();
  const countsOf = (kind: SensitiveKind) => {
    const fresh = { labelled: 0, removed: 0, same_kind: 0, removals: 0, right: 0 };
    if (!counts.has(kind)) counts.set(kind, fresh);
    return counts.get(kind)!;
  };
  const misses: string[] = [];
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
      if (!removed) misses.push(`missed ${call.id} turn ${label.turn} ${label.kind}: ${label.text}`);
    }
    for (const one of found) {
      const right = labels.some(
        (label) => label.turn === one.turn && label.from < one.to && one.from < label.to,
      );
      countsOf(one.kind).removals++;
      if (right) countsOf(one.kind).right++;
      else {
        const words = turns[one.turn]!.text.slice(one.from, one.to);
        misses.push(`wrong  ${call.id} turn ${one.turn} ${one.kind}: ${words}`);
      }
    }
  }
  const sum = (pick: (one: Counts) => number) =>
    [...counts.values()].reduce((total, one) => total + pick(one), 0);
  const [labelled, removals] = [sum((one) => one.labelled), sum((one) => one.removals)];
  return {
    calls: calls.length,
    labelled,
    removals,
    recall: ratio(
      sum((one) => one.removed),
      labelled,
    ),
    precision: ratio(
      sum((one) => one.right),
      removals,
    ),
    by_kind: Object.fromEntries(
      [...counts].map(([kind, one]) => [
        kind,
        { ...one, recall: ratio(one.removed, one.labelled), precision: ratio(one.right, one.removals) },
      ]),
    ),
    misses,
  };
}

type Span = { kind: SensitiveKind; turn: number; from: number; to: number; text: string };

/** Where each label stands in its turn; a text that occurs twice is taken in the order of the labels. */
function placeLabels(call: LabelledCall): Span[] {
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

const ratio = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
