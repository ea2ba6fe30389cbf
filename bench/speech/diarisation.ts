/** Somebody speaks, in seconds. */
export type SpeakerSpan = { start: number; end: number; speaker: string };

const step = 0.01;
/** Around each change of the reference nothing is counted: nobody marks turns more exactly (NIST's usual collar). */
const collar = 0.25;

/** Shares of the reference's speech, 0..1. Speech of two at once counts twice. */
export type DiarisationErrors = { rate: number; missed: number; invented: number; confused: number };

/**
 * Diarisation error rate: speech that is missed, invented or given to somebody else, over the speech of the
 * reference, with the best assignment of two voices to two speakers.
 * @param until nothing after this second is counted
 */
export function diarisationErrors(
  reference: readonly SpeakerSpan[],
  found: readonly SpeakerSpan[],
  until = Number.POSITIVE_INFINITY,
): DiarisationErrors {
  const names = [...new Set(reference.map((span) => span.speaker))];
  const voices = [...new Set(found.map((span) => span.speaker))];
  const end = Math.min(
    until,
    Math.max(...reference.map((span) => span.end), ...found.map((span) => span.end)),
  );
  const edges = reference.flatMap((span) => [span.start, span.end]);
  const results = assignments(voices, names).map((assign) => {
    let [speech, missed, invented, confused] = [0, 0, 0, 0];
    for (let time = step / 2; time < end; time += step) {
      if (edges.some((edge) => Math.abs(edge - time) < collar)) continue;
      const truth = at(reference, time);
      const said = at(found, time).map((voice) => assign.get(voice) ?? voice);
      const right = truth.filter((name) => said.includes(name)).length;
      speech += truth.length;
      missed += Math.max(0, truth.length - said.length);
      invented += Math.max(0, said.length - truth.length);
      confused += Math.min(truth.length, said.length) - right;
    }
    const share = (count: number) => Number((count / speech).toFixed(4));
    return {
      rate: share(missed + invented + confused),
      missed: share(missed),
      invented: share(invented),
      confused: share(confused),
    };
  });
  return results.reduce((best, one) => (one.rate < best.rate ? one : best));
}

function at(spans: readonly SpeakerSpan[], time: number): string[] {
  return [
    ...new Set(spans.filter((span) => span.start <= time && time < span.end).map((span) => span.speaker)),
  ];
}

function assignments(voices: string[], names: string[]): Map<string, string>[] {
  const [first, second] = names;
  const [one, other] = voices;
  return [
    new Map([
      [one ?? '', first ?? ''],
      [other ?? ' ', second ?? ''],
    ]),
    new Map([
      [one ?? '', second ?? ''],
      [other ?? ' ', first ?? ''],
    ]),
  ];
}
