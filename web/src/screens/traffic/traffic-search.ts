import { z } from 'zod';
import { stageStates, stages } from '../../../../src/domain/stage.ts';
import { callsSearch } from '../calls/calls-search.ts';

/** The address of the page about traffic: the filters of the list of calls, and what each tab has of its own. */
export const trafficSearch = callsSearch.omit({ test: true }).extend({
  tab: z.enum(['coverage', 'threshold', 'repeat', 'silent']).optional().catch(undefined),
  // of coverage: the reason whose calls are listed
  stage: z
    .enum([...stages, 'none'])
    .optional()
    .catch(undefined),
  state: z.enum(stageStates).optional().catch(undefined),
  code: z.string().min(1).optional().catch(undefined),
  // of the pay threshold: seconds around it
  within: z.coerce.number().int().min(1).max(60).optional().catch(undefined),
  // of silent sources: those that send as usual are left out
  show: z.enum(['silent']).optional().catch(undefined),
});
export type TrafficSearch = z.output<typeof trafficSearch>;

/** The reason for which calls were not scored, as in the address. */
export type WhySearch = Pick<TrafficSearch, 'stage' | 'state' | 'code'>;
