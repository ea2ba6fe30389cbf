/** Fewer peaks, each the loudest of its share; all of them scaled so that the loudest is 1. */
export function bars(peaks: readonly number[], count: number): number[] {
  const loudest = Math.max(1, ...peaks);
  const size = Math.min(count, peaks.length);
  return Array.from({ length: size }, (_, index) => {
    const from = Math.floor((index * peaks.length) / size);
    const to = Math.floor(((index + 1) * peaks.length) / size);
    return Math.max(...peaks.slice(from, to)) / loudest;
  });
}
