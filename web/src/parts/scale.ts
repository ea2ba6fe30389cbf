/**
 * Round steps for a vertical axis from 0: at most `count + 1` values, the last at or above `max`. `whole` keeps
 * them to whole numbers, for counts.
 */
export function axisTicks(max: number, whole: boolean, count = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = whole ? Math.max(1, max / count) : max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    ([1, 2, 2.5, 5].find(
      (factor) => factor * power >= rough && (!whole || Number.isInteger(factor * power)),
    ) ?? 10) * power;
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < max - step * 1e-9) ticks.push(Number((ticks.length * step).toPrecision(12)));
  return ticks;
}

/** Which of `length` labels to show so that each has `room` of `width` pixels: every n-th, the last one included. */
export function labelEvery(length: number, width: number, room: number): number {
  return Math.max(1, Math.ceil((length * room) / Math.max(1, width)));
}
