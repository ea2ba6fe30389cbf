const monthNames =
  'january february march april may june july august september october november december'.split(' ');
/** The number of a month (1 to 12) by its name, short forms included. */
export const monthOf: ReadonlyMap<string, number> = new Map<string, number>([
  ...monthNames.map((name, index) => [name, index + 1] as const),
  ...'jan feb mar apr - jun jul aug sept oct nov dec'
    .split(' ')
    .map((name, index) => [name, index + 1] as const),
  ['sep', 9],
]);

/** True for the name of a month, short forms included. */
export function isMonth(word: string): boolean {
  return monthOf.has(word);
}
