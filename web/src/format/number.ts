/** What stands for an unknown value, everywhere. */
export const unknown = '—';

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percentage = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A count, grouped: `12,408`. */
export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : whole.format(value);
}

/** A count that comes from statistics where there are too many to count: `≈12,408`. */
export function formatAbout(value: number, estimated: boolean | undefined): string {
  return estimated ? `≈${whole.format(value)}` : whole.format(value);
}

/** A count for axes: `12.4K`. */
export function formatShort(value: number): string {
  return short.format(value);
}

/** A share given as 0..1: `32.4%`. */
export function formatShare(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : percentage.format(value);
}

/** A number with at most one decimal. */
export function formatDecimal(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : oneDigit.format(value);
}

/** A ratio around 0..1, such as kappa: `0.87`. One decimal would make 0.85 and 0.94 the same. */
export function formatRatio(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : twoDigits.format(value);
}

/** A count with what is counted: `1 call`, `12,408 calls`. */
export function formatCounted(count: number, one: string): string {
  return `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;
}

/** Seconds as a clock: `0:07`, `12:04`, `1:02:09`. */
export function formatClock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return unknown;
  const total = Math.max(0, Math.floor(seconds));
  const tail = `${String(Math.floor(total / 60) % 60)}:${String(total % 60).padStart(2, '0')}`;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${tail.padStart(5, '0')}` : tail;
}

/** How long work took, in seconds: `40 ms`, `8.1 s`, `3:20`. */
export function formatWork(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 100 ? `${formatDecimal(seconds)} s` : formatClock(seconds);
}

/** How much sound was heard, in seconds: a clock, and whole hours from 10 hours on. */
export function formatAudio(seconds: number): string {
  return seconds < 36_000 ? formatClock(seconds) : `${formatCount(Math.round(seconds / 3_600))} h`;
}

/** A size in bytes: `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size);
}
