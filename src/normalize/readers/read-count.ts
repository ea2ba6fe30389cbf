import { readDecimal, withoutTrailingZeros } from '../decimal.ts';
import { type Reading, warn, warnUnreadable } from '../reading.ts';

/** A whole number as text: `2`, `2.0`, `1,200`. A negative one is kept with a warning. */
export function readCount(text: string, reading: Reading): string | undefined {
  if (/^(?:0|[1-9]\d{0,8})$/.test(text)) return text;
  const negative = text.startsWith('-');
  const amount = readDecimal(negative ? text.slice(1) : text, reading);
  const whole = amount === null ? null : withoutTrailingZeros(amount);
  if (whole === null || whole.includes('.')) return warnUnreadable(reading, text, 'whole number');
  if (!negative || whole === '0') return whole;
  warn(reading, 'inconsistent', 'A count below zero was kept.');
  return `-${whole}`;
}
