import type { Temporal } from 'temporal-polyfill';

/** A stretch of time in ms since 1970: `start` inclusive, `end` exclusive. */
export type Span = { start: number; end: number };

/** A period cut into whole months, days and hours of UTC, and what is left at its ends. */
export type Spans = { months: Span[]; days: Span[]; hours: Span[]; rest: Span[] };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Cuts a period into as few rows of rollups as will do.
 * @param coarsest `hour` where the answer must tell hours apart
 */
export function cutPeriod(
  period: { start: Temporal.Instant; end: Temporal.Instant },
  coarsest: 'hour' | 'month',
): Spans {
  const whole = { start: period.start.epochMilliseconds, end: period.end.epochMilliseconds };
  const spans: Spans = { months: [], days: [], hours: [], rest: [] };
  const [hours, rest] = inner(
    whole,
    (at) => Math.floor(at / hourMs) * hourMs,
    (at) => at + hourMs,
  );
  spans.rest = rest;
  if (!hours) return spans;
  if (coarsest === 'hour') return { ...spans, hours: [hours] };
  const [days, ends] = inner(
    hours,
    (at) => Math.floor(at / dayMs) * dayMs,
    (at) => at + dayMs,
  );
  spans.hours = ends;
  if (!days) return spans;
  const [months, loose] = inner(days, monthOf, nextMonth);
  return { ...spans, days: loose, months: months ? [months] : [] };
}

/** The largest part of a span that is made of whole units, and what is left before and after it. */
function inner(
  span: Span,
  floor: (at: number) => number,
  next: (at: number) => number,
): [Span | null, Span[]] {
  const first = floor(span.start);
  const start = first === span.start ? first : next(first);
  const end = floor(span.end);
  if (start >= end) return [null, span.start < span.end ? [span] : []];
  const around = [
    { start: span.start, end: start },
    { start: end, end: span.end },
  ];
  return [{ start, end }, around.filter((part) => part.start < part.end)];
}

function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Hours, in any order, as the fewest stretches. */
export function joinHours(hours: Date[]): Span[] {
  const spans: Span[] = [];
  for (const start of hours.map((hour) => hour.getTime()).sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && last.end >= start) last.end = Math.max(last.end, start + hourMs);
    else spans.push({ start, end: start + hourMs });
  }
  return spans;
}
