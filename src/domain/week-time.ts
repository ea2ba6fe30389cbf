import { type Hours, type Weekday, weekdays } from './scorecard.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Weekday and `HH:MM` of an instant in a zone. */
export function weekTime(instant: string, timeZone: string): { day: Weekday; time: string } {
  const parts = formatterFor(timeZone).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  const day = part('weekday').slice(0, 3).toLowerCase() as Weekday;
  return { day: weekdays.includes(day) ? day : 'sun', time: `${part('hour')}:${part('minute')}` };
}

/** Whether an instant lies within the hours; where they end before they begin, they run over midnight. */
export function isWithin(hours: Hours, instant: string, timeZone: string): boolean {
  const { day, time } = weekTime(instant, hours.timeZone ?? timeZone);
  if (hours.from < hours.to) return hours.days.includes(day) && time >= hours.from && time < hours.to;
  const dayBefore = weekdays[(weekdays.indexOf(day) + 6) % 7]!;
  return (
    (hours.days.includes(day) && time >= hours.from) || (hours.days.includes(dayBefore) && time < hours.to)
  );
}

/** Making one costs far more than using it. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
