/** One judgement against its label, as a pair of names. */
export type Pair = readonly [got: string, want: string];

/** The share of hits, to three places; null where there is nothing to count. */
export function share(hits: readonly boolean[]): number | null {
  return hits.length === 0 ? null : rounded(hits.filter(Boolean).length / hits.length);
}

/** Cohen's kappa: agreement beyond what the two would reach by chance; null where chance explains all. */
export function kappa(pairs: readonly Pair[]): number | null {
  if (pairs.length === 0) return null;
  const observed = pairs.filter(([a, b]) => a === b).length / pairs.length;
  let expected = 0;
  for (const name of new Set(pairs.flat()))
    expected +=
      (pairs.filter(([a]) => a === name).length / pairs.length) *
      (pairs.filter(([, b]) => b === name).length / pairs.length);
  return expected === 1 ? null : rounded((observed - expected) / (1 - expected));
}

/** How often each label was given each name: `{ label: { given: count } }`. */
export function confusion(pairs: readonly Pair[]): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  for (const [got, want] of [...pairs].sort()) {
    const row = table[want] ?? {};
    table[want] = { ...row, [got]: (row[got] ?? 0) + 1 };
  }
  return table;
}

/** Precision, recall and counts for each name that occurs. */
export function byName(pairs: readonly Pair[]) {
  const names = [...new Set(pairs.flat())].sort();
  return Object.fromEntries(
    names.map((name) => {
      const given = pairs.filter(([got]) => got === name);
      const wanted = pairs.filter(([, want]) => want === name);
      return [
        name,
        {
          precision: share(given.map(([, want]) => want === name)),
          recall: share(wanted.map(([got]) => got === name)),
          given: given.length,
          labelled: wanted.length,
        },
      ];
    }),
  );
}

/** Bins of stated confidence with the share that was right: calibrated where both columns agree. */
export function calibration(rows: readonly { confidence: number; right: boolean }[]) {
  const bounds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001];
  return bounds.slice(0, -1).flatMap((from, i) => {
    const bin = rows.filter(({ confidence }) => confidence >= from && confidence < bounds[i + 1]!);
    if (bin.length === 0) return [];
    return [
      {
        from,
        to: Math.min(1, bounds[i + 1]!),
        answers: bin.length,
        confidence: rounded(bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length),
        right: share(bin.map(({ right }) => right)),
      },
    ];
  });
}

/** A figure to three places. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
