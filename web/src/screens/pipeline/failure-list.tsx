import type { Stage } from '../../../../src/domain/stage.ts';
import type { ApiOutput } from '../../api.ts';
import { formatCount } from '../../format/number.ts';
import { stageWords } from '../../words.ts';

/** Failures by code, with what to do about each. */
export function FailureList({ stages }: { stages: ApiOutput<'getPipeline'>['stages'] }) {
  return (
    <ul className="divide-y divide-line">
      {stages.flatMap(({ stage, failures }) =>
        failures.map(({ code, calls, advice }) => (
          <li
            key={`${stage} ${code}`}
            className="grid gap-x-5 gap-y-1 px-4 py-3.5 text-sm md:grid-cols-[6rem_15rem_1fr]"
          >
            <span>
              <span className="font-semibold text-base">{formatCount(calls)}</span>{' '}
              <span className="text-ink-2 text-xs">{calls === 1 ? 'call' : 'calls'}</span>
            </span>
            <span>
              <span className="block font-medium">{stageWords[stage as Stage] ?? stage}</span>
              <code className="break-all font-mono text-bad text-xs">{code}</code>
            </span>
            <span className="text-pretty text-ink-2">{advice}</span>
          </li>
        )),
      )}
    </ul>
  );
}
