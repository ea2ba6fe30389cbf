import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import type { Stage } from '../../../../src/domain/stage.ts';
import { apiQuery } from '../../api-query.ts';
import { engineWords } from '../../engine-words.ts';
import { formatCounted } from '../../format/number.ts';
import { stageWords } from '../../words.ts';

/** What holds calls up, with the remedy, and speech engines that rest. Nothing where nothing does. */
export function Attention() {
  const { data } = useQuery({ ...apiQuery('getPipeline', {}), refetchInterval: 30_000 });
  const engines = useQuery({ ...apiQuery('listEngines', {}), refetchInterval: 30_000 });
  const failures = (data?.stages ?? []).flatMap(({ stage, failures }) =>
    failures.map((failure) => ({ stage, ...failure })),
  );
  const resting = (engines.data?.items ?? []).filter(({ alert }) => alert);
  if (failures.length === 0 && resting.length === 0) return null;
  const most = failures.toSorted((a, b) => b.calls - a.calls).slice(0, 3);
  return (
    <section
      aria-label="Needs attention"
      className="mb-4 rounded-xl border border-line bg-warn-soft px-4 py-3"
    >
      <h2 className="mb-1.5 flex items-center gap-2 font-semibold text-sm text-warn">
        <CircleAlert aria-hidden className="size-4" /> Needs attention
        <Link to="/pipeline" className="ml-auto font-medium text-xs underline underline-offset-2">
          Pipeline
        </Link>
      </h2>
      <ul className="flex flex-col gap-1.5 text-sm">
        {resting.map(({ engine, alert }) => (
          <li key={engine} className="grid gap-x-3 sm:grid-cols-[11rem_1fr]">
            <span className="font-medium">{engineWords[engine]} rests</span>
            <span className="text-pretty text-ink-2">{alert?.detail}</span>
          </li>
        ))}
        {most.map(({ stage, code, calls, advice }) => (
          <li key={`${stage} ${code}`} className="grid gap-x-3 sm:grid-cols-[11rem_1fr]">
            <span className="font-medium">
              {formatCounted(calls, 'call')} at {stageWords[stage as Stage]?.toLowerCase() ?? stage}
            </span>
            <span className="text-pretty text-ink-2">{advice}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
