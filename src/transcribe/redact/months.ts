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

/** Months of days that people name instead: `Christmas Day, 1950`. */
export const monthOfHoliday: ReadonlyMap<string, number> = new Map([
  ['christmas', 12],
  ["valentine's", 2],
  ['valentines', 2],
  ['halloween', 10],
]);

/** True for the name of a month, short forms included. */
export function isMonth(word: string): boolean {
  return monthOf.has(word);
}
