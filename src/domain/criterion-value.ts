import type { Criterion } from './scorecard.ts';

/** Whether a value is one that a criterion of this kind can have; `unknown` always is. */
export function fitsKind({ kind, choices }: Pick<Criterion, 'kind' | 'choices'>, value: string): boolean {
  if (value === 'unknown') return true;
  switch (kind) {
    case 'yes_no':
      return value === 'yes' || value === 'no';
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value);
    case 'choice':
      return choices.includes(value);
    case 'date':
      return isDate(value);
  }
}

/** A year, a month or a day of the calendar: `2025`, `2025-03`, `2025-03-14`. */
function isDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Whether a criterion holds by its answer: the yes and no of a `yes_no` criterion, or its condition `holdsIf` on a
 * value. `unknown` where nothing was said or nothing follows from it.
 * @param callDate ISO 8601, for dates that must lie some months back at most
 */
export function holds(
  criterion: Pick<Criterion, 'kind' | 'holdsIf'>,
  value: string | undefined,
  callDate: string | null,
): 'yes' | 'no' | 'unknown' {
  if (value === undefined || value === 'unknown') return 'unknown';
  if (criterion.kind === 'yes_no') return value === 'yes' ? 'yes' : 'no';
  const condition = criterion.holdsIf;
  if (!condition) return 'unknown';
  if (condition.oneOf) return condition.oneOf.includes(value) ? 'yes' : 'no';
  if (condition.withinMonths !== undefined) return withinMonths(value, condition.withinMonths, callDate);
  const number = Number(value);
  const low = condition.atLeast === undefined || number >= condition.atLeast;
  const high = condition.atMost === undefined || number <= condition.atMost;
  return low && high ? 'yes' : 'no';
}

/** A date told by year or month alone settles it only where each of its days does. */
function withinMonths(value: string, months: number, callDate: string | null): 'yes' | 'no' | 'unknown' {
  if (callDate === null) return 'unknown';
  const limit = new Date(callDate);
  limit.setUTCMonth(limit.getUTCMonth() - months);
  const since = limit.toISOString().slice(0, 10);
  const [first, last] = [`${value}-01-01`.slice(0, 10), `${value}-12-31`.slice(0, 10)];
  if (first >= since) return 'yes';
  return last < since ? 'no' : 'unknown';
}
