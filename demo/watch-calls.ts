import { setTimeout as wait } from 'node:timers/promises';
import { type CallSummaryBody, listCalls } from '../src/contract/calls.ts';
import { getPipeline } from '../src/contract/reports.ts';
import { stages } from '../src/domain/stage.ts';
import { type Api, allItems } from './api.ts';
import type { Goal } from './platforms/requests.ts';
import type { Progress } from './progress.ts';

/** A call that has not come to its goal; `stuck`: nor will it, unless somebody does something. */
export type Unfinished = { told: string; stuck: boolean };

/** The calls that have not come to their goal; `goals` says, by call id of the platform, which are awaited. */
export function unfinished(
  calls: readonly CallSummaryBody[],
  goals: ReadonlyMap<string, Goal>,
): Unfinished[] {
  const byId = new Map(calls.map((call) => [call.call_instance_id, call]));
  return [...goals].flatMap(([id, goal]) => {
    const call = byId.get(id);
    if (call === undefined) return [{ told: `${id}: no such call`, stuck: true }];
    if (isAt(call, goal)) return [];
    const stuck = call.stages.some(({ state }) => ['parked', 'failed', 'skipped'].includes(state));
    return [{ told: `${id}: ${describeStages(call)}`, stuck }];
  });
}

function isAt(call: CallSummaryBody, goal: Goal): boolean {
  if (goal === 'not-audio')
    return call.stages.some(
      ({ stage, error }) => stage === 'recording' && error?.code === 'recording.not-audio',
    );
  return call.outcome !== null && call.stages.every(({ state }) => state === 'done');
}

function describeStages(call: CallSummaryBody): string {
  const told = call.stages.map(
    ({ stage, state, error }) => `${stage} ${state}${error ? ` (${error.detail})` : ''}`,
  );
  return told.join(', ') || 'no stage';
}

/**
 * Shows how calls move through the stages until all are where they should be, or stuck, or the time is over.
 * @returns what is unfinished, in words
 */
export async function watchCalls(
  api: Api,
  goals: ReadonlyMap<string, Goal>,
  seconds: number,
  progress: Progress,
): Promise<string[]> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const calls = await allItems((query) => api(listCalls, query));
    const left = unfinished(calls, goals);
    const pipeline = await api(getPipeline);
    const done = stages.map((stage) => {
      const counts = pipeline.stages.find((one) => one.stage === stage)?.counts;
      return `${stage} ${counts?.done ?? 0}`;
    });
    progress(`${calls.length} calls · done: ${done.join(' · ')} · awaited: ${left.length}`);
    if (left.every(({ stuck }) => stuck) || performance.now() > until) return left.map(({ told }) => told);
    await wait(500);
  }
}
