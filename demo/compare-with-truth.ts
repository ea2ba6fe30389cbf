import type { CallSummaryBody } from '../src/contract/calls.ts';
import type { Sample } from './sample.ts';

const aspects = ['reached', 'prospect', 'result'] as const;

/**
 * How often outcomes are what a person who knows the scripts would call them, e.g. `reached 16 of 16`.
 * @param played call id of the platform → the sample that was its recording
 */
export function compareWithTruth(
  calls: readonly CallSummaryBody[],
  played: ReadonlyMap<string, string>,
  samples: readonly Sample[],
): string {
  const pairs = calls.flatMap(({ call_instance_id, outcome }) => {
    const truth = samples.find(({ id }) => id === played.get(call_instance_id))?.truth;
    return outcome && truth ? [{ outcome, truth }] : [];
  });
  return aspects
    .map((aspect) => {
      const agreed = pairs.filter(({ outcome, truth }) => outcome[aspect] === truth[aspect]).length;
      return `${aspect} ${agreed} of ${pairs.length}`;
    })
    .join(', ');
}
