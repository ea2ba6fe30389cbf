import { stages } from '../../../src/domain/stage.ts';
import type { ApiOutput } from '../api.ts';
import { stageWords, stateTones, stateWords, type Tone } from '../words.ts';
import { cn } from './class-names.ts';

const looks: Record<Tone, string> = {
  neutral: 'border-line-strong',
  accent: 'border-accent bg-accent animate-[shimmer_1.2s_ease-in-out_infinite]',
  good: 'border-good bg-good',
  warn: 'border-warn bg-warn rounded-[2px]',
  bad: 'border-bad bg-bad rotate-45 rounded-[1px]',
};

/** Where a call stands: one mark per stage; shape and colour tell the state, the text says it. */
export function StageDots({ runs }: { runs: ApiOutput<'getCall'>['stages'] }) {
  const states = stages.map((stage) => ({ stage, state: runs.find((run) => run.stage === stage)?.state }));
  const text = states
    .map(({ stage, state }) => `${stageWords[stage]}: ${state ? stateWords[state] : 'not started'}`)
    .join(', ');
  return (
    <span role="img" aria-label={text} title={text} className="inline-flex items-center gap-1.5">
      {states.map(({ stage, state }) => (
        <span
          key={stage}
          className={cn('size-2 rounded-full border', state ? looks[stateTones[state]] : 'border-line')}
        />
      ))}
    </span>
  );
}
