import type { Warning } from '../domain/event.ts';
import type { DateOrder, DecimalMark } from '../domain/mapping.ts';
import type { WarningCode } from '../domain/warning-codes.ts';

/** How a connection reads what the contract leaves open. */
export type ReadingSettings = {
  /** IANA zone in which a zoneless date is read. */
  timeZone: string;
  /** ISO 3166 alpha-2: phone numbers without a country code, ZIP codes, the meaning of `1,234`. */
  defaultCountry: string;
  /** ISO 4217; an amount that names another is warned of. Left out: nothing is compared. */
  currency?: string;
  /** How `03/04/2025` is read; month first, as the contract has it, unless told otherwise. */
  dateOrder?: DateOrder;
  /** What separates the fraction in `1,234`; as people of the country write, unless told otherwise. */
  decimalMark?: Exclude<DecimalMark, 'country'>;
  /** The connection's own words for "no value", in lower case. */
  placeholders?: ReadonlySet<string>;
};

/** The state that the readers of one event share. */
export type Reading = {
  settings: ReadingSettings;
  /** milliseconds since 1970 */
  receivedAt: number;
  /** The field being read, as warnings name it. */
  field: string;
  warnings: Warning[];
  extra: Record<string, unknown>;
  /** The value came as a JSON number, in which a point is nothing but a decimal point. */
  isNumber?: boolean;
};

/** Reads trimmed, non-blank text as one kind of field; undefined (with a warning, where it says something) if it cannot. */
export type FieldReader = (text: string, reading: Reading) => string | boolean | undefined;

/** Adds a warning on the field being read. */
export function warn(reading: Reading, code: WarningCode, message: string): void {
  reading.warnings.push({ field: reading.field, code, message });
}

/** A value as a message quotes it: short, printable, without a key that somebody pasted into it. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(short.toWellFormed().replace(/ak_[A-Za-z0-9_-]{8,}/g, '[api_key]'));
}

/** The usual warning of a reader that gives up. */
export function warnUnreadable(reading: Reading, text: string, expected: string): undefined {
  warn(reading, 'unreadable_value', `${quoted(text)} is no ${expected}; the field is unknown.`);
}
