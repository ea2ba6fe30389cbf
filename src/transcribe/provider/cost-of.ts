/**
 * What a provider charges for sound that was sent: USD as decimal text with six places.
 * @param seconds of sound, each channel counted by itself
 * @param pricePerMinute USD as decimal text, or null where nobody told it: then the cost is not known
 */
export function costOf(seconds: number, pricePerMinute: string | null): string | null {
  if (pricePerMinute === null) return null;
  return ((seconds / 60) * Number(pricePerMinute)).toFixed(6);
}
