import type { Amount } from './amounts.ts';

const month =
  '(?:jan|january|feb|february|march|april|may|june|july|aug|august|sept|september|oct|october|nov|november|dec|december)';
const day = '(?:the )?(?:\\d{1,2}(?: (?:st|nd|rd|th))?|[a-z]+(?:st|nd|rd|th)|first|second|third)';
const years = '(?:19 and )?((?:19|20)\\d\\d|\\d\\d)';
// figures are levelled as they were said: "eight fourteen forty eight" becomes 814 48
const forms = [
  ` ${month} ${day}(?: of)? ${years}`,
  ` the ${day.slice('(?:the )?'.length)} of ${month} ${years}`,
  ` ${month}(?: of)? ((?:19|20)\\d\\d)`,
  ` \\d{1,2} \\d{1,2} ${years}`,
  '^(?: in)? (19[2-9]\\d)',
  ` \\d{3,4} ((?:19|20)\\d\\d|\\d\\d)`,
  ' (?:born|birthday|in|of|from) (?:is |in |on |back in )*(19[2-9]\\d|200\\d)',
].map((form) => new RegExp(`${form}(?= |$)`));

/**
 * The age at the call's date (ISO 8601) of somebody who tells his date of birth, in years, from levelled text; null
 * where no date of birth or no call date is known. The day within the year is not looked at, except its month.
 */
export function ageFromBirth(text: string, callDate: string | null): Amount | null {
  if (!callDate) return null;
  const call = new Date(callDate);
  const match = forms.map((form) => form.exec(text)).find((one) => one !== null);
  const said = match?.at(-1);
  if (!match || said === undefined) return null;
  const thisYear = call.getUTCFullYear();
  const year = said.length === 4 ? Number(said) : century(Number(said), thisYear);
  const months = monthOf(match[0]);
  const before = months !== null && months > call.getUTCMonth() ? 1 : 0;
  const value = thisYear - year - before;
  return value >= 0 && value <= 110 ? { value, at: match.index, length: match[0].length } : null;
}

/** "51" is 1951, "04" is 2004: the latest year that has been. */
function century(figures: number, thisYear: number) {
  return figures + 2000 <= thisYear ? figures + 2000 : figures + 1900;
}

const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(text: string) {
  const found = names.findIndex((name) => new RegExp(` ${name}[a-z]*`).test(text));
  if (found >= 0) return found;
  const figures = /^ (\d{1,2}) /.exec(text)?.[1];
  return figures ? Number(figures) - 1 : null;
}
