import { Link } from '@tanstack/react-router';
import { type Stage, stageStates } from '../../../../src/domain/stage.ts';
import type { ApiOutput } from '../../api.ts';
import { formatAbout } from '../../format/number.ts';
import { cn } from '../../parts/class-names.ts';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { stageWords, stateTones, stateWords, type Tone } from '../../words.ts';

const looks: Record<Tone, string> = {
  neutral: '',
  accent: 'text-accent-ink',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
};

/** Calls per stage and state, of all times; each number leads to them. */
export function StageTable({ stages }: { stages: ApiOutput<'getPipeline'>['stages'] }) {
  return (
    <Table label="Stages">
      <thead>
        <tr>
          <Th>Stage</Th>
          {stageStates.map((state) => (
            <Th key={state} className="text-right">
              {stateWords[state]}
            </Th>
          ))}
          <Th className="text-right">Oldest waits since</Th>
        </tr>
      </thead>
      <tbody>
        {stages.map(({ stage, counts, estimated, oldest_waiting_at }) => (
          <tr key={stage} className={rowLook}>
            <th scope="row" className="h-11 border-line border-b pl-4 text-left font-medium">
              {stageWords[stage as Stage] ?? stage}
            </th>
            {stageStates.map((state) => {
              const calls = counts[state] ?? 0;
              return (
                <Td key={state} className={numberLook}>
                  {calls === 0 ? (
                    <span className="text-ink-3">0</span>
                  ) : (
                    <Link
                      to="/calls"
                      search={{ period: 'all', stage_state: `${stage as Stage}.${state}` }}
                      className={cn(
                        'inline-flex min-h-[24px] items-center font-medium hover:underline',
                        looks[stateTones[state]],
                      )}
                    >
                      {formatAbout(calls, estimated && (state === 'done' || state === 'skipped'))}
                    </Link>
                  )}
                </Td>
              );
            })}
            <Td className={cn(numberLook, 'text-ink-2')}>
              <When at={oldest_waiting_at} ago />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
