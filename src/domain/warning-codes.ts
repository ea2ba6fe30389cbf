/**
 * Every code that a warning on an event can carry, with its meaning for the integrating engineer. The list is
 * closed and the codes are stable; docs/webhook.md shows it.
 */
export const warningCodes = {
  content_type_mismatch:
    'The Content-Type header names another format than the body has; the body was believed.',
  invalid_text: 'Bytes that are no text in the declared (or any known) charset were replaced by U+FFFD.',
  unknown_charset: 'The declared charset is unknown or false; the body was read as UTF-8.',
  double_encoded:
    'The body was JSON inside a JSON string, or URL-encoded as a whole; it was decoded once more.',
  still_encoded: 'The text looks URL- or HTML-encoded once too often; it was kept as it came.',
  duplicate_key: 'A name was sent twice with different values; the message says which one was used.',
  unsafe_key: 'A name that JavaScript reserves (`__proto__`, `constructor`, `prototype`) was dropped.',
  file_ignored: 'A file part of a multipart body was ignored.',
  not_an_object: 'An item of the array is no object, so it names no call.',
  html_entity: 'The query or form was joined by `&amp;` instead of `&`; it was read as `&`.',
  rejoined_url: 'An unencoded URL had been split at `&`; it was put together again. URL-encode the value.',
  unresolved_token: "The platform sent its template's token instead of a value; the field is unknown.",
  not_text: 'An object or list came where one value is expected; the field is unknown.',
  unreadable_value: 'The value cannot be read as what the field holds; the field is unknown.',
  ambiguous_number: 'A number can be read in two ways; the message says which one was taken.',
  other_currency:
    "The amount names another currency than the connection's; the number was kept and is not converted.",
  scientific_notation: 'A spreadsheet has destroyed the value (1.5E+10); the field is unknown.',
  impossible_clock_time: 'A 12-hour clock shows an hour of the 24-hour clock; it was read as 24-hour.',
  nonexistent_local_time: 'The clocks skip this time when they go forward; the later instant was taken.',
  ambiguous_local_time:
    'The clocks show this time twice when they go back; the message says which was taken.',
  suspected_date_order:
    'Read with day and month the other way round, the date would fit the time of arrival; it was read as the mapping says.',
  placeholder_date: 'The date is a default of the sending software (0001, 1900, 1970); the field is unknown.',
  future_date: 'The time lies ahead of its arrival: the connection may have the wrong time zone.',
  date_only: 'The date carries no time; midnight was taken.',
  cleaned_text:
    'Characters that cannot be stored (NUL, half a surrogate pair) or seen (zero-width) were removed.',
  too_long: 'The value exceeds the length limit; text was cut, an id is unknown.',
  inconsistent: 'Two values contradict each other, or one is out of any sensible range; they were kept.',
  suspected_milliseconds:
    'A length looks like milliseconds where seconds are expected; it was kept as it came.',
  unknown_value: 'The value is none of the known words; it was kept as it came.',
  repaired_url: 'The URL was repaired (missing scheme, spaces, entities, double encoding).',
  assumed_country: 'The number fits no number of the default country; it was read with its own country code.',
  similar_id:
    'Another call of the connection has the same id but for case or braces. Added within a minute of arrival.',
  reused_id:
    'The same id came before with a date more than 7 days off; it stays one call. Added within a minute of arrival.',
} as const satisfies Record<string, string>;

export type WarningCode = keyof typeof warningCodes;
