import { z } from 'zod';
import { stageStates, stages } from '../../../../src/domain/stage.ts';
import { periodSearch } from '../../period/period.ts';

/** The address of the page about traffic. */
export const trafficSearch = z.object({
  ...periodSearch,
  tab: z.enum(['coverage', 'threshold', 'repeat', 'silent']).optional().catch(undefined),
  // of coverage: the reason whose calls are listed
  stage: z
    .enum([...stages, 'none'])
    .optional()
    .catch(undefined),
  state: z.enum(stageStates).optional().catch(undefined),
  code: z.string().min(1).optional().catch(undefined),
});

/** The reason for which calls were not scored, as in the address. */
export type WhySearch = Pick<z.infer<typeof trafficSearch>, 'stage' | 'state' | 'code'>;
