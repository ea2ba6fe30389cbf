import { expect, test } from 'vitest';
import { unfinished } from '../../demo/watch-calls.ts';
import type { CallSummaryBody } from '../../src/contract/calls.ts';

type StageRun = CallSummaryBody['stages'][number];

function stageRun(stage: StageRun['stage'], state: StageRun['state'], code?: string): StageRun {
  const error = code === undefined ? null : { code, detail: 'HTML', advice: '' };
  return {
    stage,
    state,
    attempts: 1,
    due_at: null,
    started_at: null,
    finished_at: null,
    seconds: null,
    cost: null,
    error,
  };
}

/** The part of a call that is looked at. */
function callWith(id: string, stages: StageRun[], scored: boolean): CallSummaryBody {
  const outcome = scored ? {} : null;
  return { call_instance_id: id, stages, outcome } as unknown as CallSummaryBody;
}

const goals = new Map([
  ['a', 'outcome'],
  ['b', 'not-audio'],
] as const);

test('nothing is awaited once outcomes are there and pages were found to be pages', () => {
  const done = (['recording', 'transcribe', 'score'] as const).map((stage) => stageRun(stage, 'done'));
  const page = stageRun('recording', 'retrying', 'recording.not-audio');
  expect(unfinished([callWith('a', done, true), callWith('b', [page], false)], goals)).toEqual([]);
});

test('whatever has not come to its goal is named with its reason', () => {
  const parked = [stageRun('recording', 'done'), stageRun('transcribe', 'parked', 'transcribe.no-engine')];
  expect(unfinished([callWith('a', parked, false)], goals)).toEqual([
    { told: 'a: recording done, transcribe parked (HTML)', stuck: true },
    { told: 'b: no such call', stuck: true },
  ]);
});

test('an outcome from before a stage began anew does not count', () => {
  const again = [stageRun('recording', 'done'), stageRun('transcribe', 'running')];
  const [left] = unfinished([callWith('a', again, true)], goals);
  expect(left).toEqual({ told: 'a: recording done, transcribe running', stuck: false });
});
