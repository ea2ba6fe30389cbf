/** What one request may hold. The contract needs 36 fields; these leave room for any sane sender. */
export const limits = {
  /** bytes, on the wire and after decoding */
  bodyBytes: 1_048_576,
  /** milliseconds from the first look at the stream to its end */
  bodyMilliseconds: 10_000,
  fields: 500,
  depth: 20,
  items: 500,
} as const;
