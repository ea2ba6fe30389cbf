import { z } from 'zod';
import { isTimeZone, timeZoneAdvice } from '../domain/places.ts';

/** Exact decimal as text, e.g. "12.50": money never becomes a float. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
/** ISO 8601 in UTC. */
export const instant = z.string();
/** IANA zone with a region, or UTC. */
export const timeZone = z.string().refine(isTimeZone, timeZoneAdvice);
/** For routes without a request body. */
export const none = z.undefined();

export const warning = z
  .object({ field: z.string(), code: z.string(), message: z.string() })
  .meta({ id: 'Warning' });

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().optional().describe('`next` of the page before'),
};

/** A page of a list; `next` is null on the last one. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
