import { z } from 'zod';

/** What one side of a call said at a stretch; times in seconds. */
export const turn = z
  .object({
    speaker: z.string(),
    speaker_confidence: z.number(),
    start: z.number(),
    end: z.number(),
    text: z.string(),
    words: z.array(z.object({ text: z.string(), start: z.number(), end: z.number() })),
  })
  .meta({ id: 'Turn' });
