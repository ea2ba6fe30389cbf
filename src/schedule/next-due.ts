import { Temporal } from 'temporal-polyfill';

/** When something is sent: a time on the clocks of a zone, every day, week or month. */
export type Rhythm = {
  every: 'day' | 'week' | 'month';
  /** 1 Monday … 7 Sunday; of every week. Monday where null. */
  weekday: number | null;
  /** 1 … 31; of every month, the last day where it is shorter. The first where null. */
  dayOfMonth: number | null;
  /** `HH:MM`. */
  atTime: string;
  timeZone: string;
};

/**
 * The first due time after an instant. A time that the clocks skip is due when they have gone forward; one that they
 * show twice is due the first time.
 */
export function nextDue(rhythm: Rhythm, after: Temporal.Instant): Temporal.Instant {
  const today = after.toZonedDateTimeISO(rhythm.timeZone).toPlainDate();
  const time = Temporal.PlainTime.from(rhythm.atTime);
  for (let day = firstDay(rhythm, today); ; day = followingDay(rhythm, day)) {
    const due = day
      .toPlainDateTime(time)
      .toZonedDateTime(rhythm.timeZone, { disambiguation: 'compatible' })
      .toInstant();
    if (Temporal.Instant.compare(due, after) > 0) return due;
  }
}

/** The latest due time that is not after an instant, where there is one since `from`. */
export function latestDue(rhythm: Rhythm, from: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  let due = from;
  for (;;) {
    const next = nextDue(rhythm, due);
    if (Temporal.Instant.compare(next, now) > 0) return due;
    due = next;
  }
}

function firstDay(rhythm: Rhythm, today: Temporal.PlainDate): Temporal.PlainDate {
  if (rhythm.every === 'day') return today;
  if (rhythm.every === 'month') return dayOfMonth(rhythm, today);
  const ahead = ((rhythm.weekday ?? 1) - today.dayOfWeek + 7) % 7;
  return today.add({ days: ahead });
}

function followingDay(rhythm: Rhythm, day: Temporal.PlainDate): Temporal.PlainDate {
  if (rhythm.every === 'day') return day.add({ days: 1 });
  if (rhythm.every === 'week') return day.add({ weeks: 1 });
  return dayOfMonth(rhythm, day.with({ day: 1 }).add({ months: 1 }));
}

function dayOfMonth(rhythm: Rhythm, within: Temporal.PlainDate): Temporal.PlainDate {
  return within.with({ day: Math.min(rhythm.dayOfMonth ?? 1, within.daysInMonth) });
}
