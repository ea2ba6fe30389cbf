import { z } from 'zod';

/** Words of the transcript: index of the turn, the words themselves, who said them, and when in seconds. */
export const evidence = z
  .object({
    turn: z.int(),
    quote: z.string(),
    speaker: z.string(),
    start: z.number(),
    end: z.number(),
  })
  .meta({ id: 'Evidence' });
