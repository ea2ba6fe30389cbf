import { z } from 'zod';

/** A labelled call, one line of a JSON Lines file: what was said, and what a careful listener answers. */
export const labelledCall = z.object({
  id: z.string(),
  vertical: z.string(),
  /** `mono`: the judge is not told who speaks. */
  channels: z.enum(['stereo', 'mono']),
  payload: z.record(z.string(), z.unknown()),
  turns: z.array(
    z.object({
      speaker: z.enum(['caller', 'agent', 'ivr']),
      start: z.number(),
      end: z.number(),
      text: z.string(),
    }),
  ),
  labels: z.object({
    reached: z.string(),
    prospect: z.string(),
    reason: z.string().nullable(),
    result: z.string(),
    /** `yes`, `no` or `unknown`; for number, choice and date criteria the value as text. */
    criteria: z.record(z.string(), z.string()),
    flags: z.array(z.string()),
    /** Turn indexes by criterion, result, prospect or flag. */
    evidence: z.record(z.string(), z.array(z.number())),
  }),
});
export type LabelledCall = z.infer<typeof labelledCall>;

/** The call's date as ISO 8601 from its payload, or null. Times in the payload are taken as UTC. */
export function callDateOf({ payload }: LabelledCall): string | null {
  const date = new Date(`${String(payload.call_date ?? '')} UTC`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
