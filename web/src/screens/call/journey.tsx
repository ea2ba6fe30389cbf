import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import type { Stage } from '../../../../src/domain/stage.ts';
import { api } from '../../api.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCounted, formatWork } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { stageWords, stateTones, stateWords } from '../../words.ts';
import { Hearing } from './hearing.tsx';
import { ModelUse } from './model-use.tsx';

/** The stages of the call: where each stands, what it took, why it failed, and how to run it again. */
export function Journey({ call }: { call: CallBody }) {
  const client = useQueryClient();
  const mayWrite = useMayWrite();
  const rerun = useMutation({
    mutationFn: (stage: Stage) => api('rerunCall', { params: { id: call.id }, body: { stage } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getCall'] }),
  });
  if (call.stages.length === 0) {
    return (
      <p className="p-4 text-ink-2 text-sm">Nothing has started: no recording has been reported so far.</p>
    );
  }
  return (
    <>
      <ol aria-live="polite" className="divide-y divide-line">
        {call.stages.map((run) => (
          <li key={run.stage} className="px-4 py-3.5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
              <span className="w-24 font-medium text-sm">{stageWords[run.stage]}</span>
              <Badge tone={stateTones[run.state]}>{stateWords[run.state]}</Badge>
              <span className="text-ink-2 text-xs">
                {formatCounted(run.attempts, 'attempt')}
                {run.seconds !== null ? ` · ${formatWork(run.seconds)}` : ''}
                {run.cost !== null ? ` · ${formatMoney(run.cost, 'USD')}` : ''}
              </span>
              <span className="text-ink-2 text-xs">
                {run.due_at && (run.state === 'retrying' || (run.state === 'waiting' && run.error)) ? (
                  <>
                    next attempt <When at={run.due_at} ago />
                  </>
                ) : run.finished_at ? (
                  <>
                    finished <When at={run.finished_at} />
                  </>
                ) : null}
              </span>
              {mayWrite ? (
                <Button
                  size="small"
                  className="ml-auto"
                  disabled={rerun.isPending || run.state === 'running'}
                  onClick={() => rerun.mutate(run.stage)}
                  aria-label={`Run again: ${stageWords[run.stage].toLowerCase()} and what follows`}
                >
                  <RotateCw aria-hidden /> Run again
                </Button>
              ) : null}
            </div>
            {run.stage === 'transcribe' ? <Hearing call={call} /> : null}
            {run.stage === 'score' && call.model_use ? <ModelUse use={call.model_use} /> : null}
            {run.error ? (
              <div className="mt-2 rounded-md bg-sunken px-3 py-2 text-sm">
                <code className="font-mono text-bad text-xs">{run.error.code}</code>
                <p className="mt-0.5 break-words">{run.error.detail}</p>
                <p className="mt-1 text-ink-2">{run.error.advice}</p>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {rerun.error ? <ErrorBox error={rerun.error} /> : null}
    </>
  );
}
