import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp, Plus, X } from 'lucide-react';
import type { EngineBody } from '../../../../src/contract/engines.ts';
import type { EngineName } from '../../../../src/domain/engine.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { engineWords } from '../../engine-words.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';

/** In which order speech engines are asked for this connection's calls; each change is saved at once. */
export function EnginesCard({ connectionId, mayWrite }: { connectionId: string; mayWrite: boolean }) {
  const client = useQueryClient();
  const order = useQuery(apiQuery('getConnectionEngines', { params: { id: connectionId } }));
  const engines = useQuery(apiQuery('listEngines', {}));
  const save = useMutation({
    mutationFn: (next: EngineName[] | null) =>
      api('putConnectionEngines', { params: { id: connectionId }, body: { engines: next } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getConnectionEngines'] }),
  });
  const error = order.error ?? engines.error;
  if (error) return <ErrorBox className="m-0" error={error} />;
  if (!order.data || !engines.data) return <SkeletonRows rows={2} label="Loading the speech engines" />;
  const { in_force: used, engines: own } = order.data;
  const { items } = engines.data;
  const unused = items.filter((item) => !used.includes(item.engine));
  return (
    <Card title="Speech engines" hint={own ? 'own order' : 'order of the installation'}>
      <ol className="divide-y divide-line text-sm">
        {used.map((name, index) => (
          <li key={name} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <span className="w-4 text-ink-3">{index + 1}</span>
            <span className="font-medium">{engineWords[name]}</span>
            <span className="text-ink-2 text-xs">{stateOf(items.find((item) => item.engine === name))}</span>
            {mayWrite ? (
              <span className="ml-auto flex gap-1">
                <Button
                  size="icon"
                  look="quiet"
                  disabled={index === 0 || save.isPending}
                  aria-label={`Ask ${engineWords[name]} earlier`}
                  onClick={() => save.mutate(moveUp(used, index))}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="icon"
                  look="quiet"
                  disabled={used.length === 1 || save.isPending}
                  aria-label={`Do not ask ${engineWords[name]}`}
                  onClick={() => save.mutate(used.filter((other) => other !== name))}
                >
                  <X aria-hidden />
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <div className="flex flex-col gap-3 border-line border-t px-4 py-3">
        <p className="text-pretty text-ink-2 text-xs">
          The next one is asked when one fails or its answer does not fit the recording. Only those that are
          set up are asked. Providers get the audio; an engine on this machine keeps it here.
        </p>
        {mayWrite ? (
          <div className="flex flex-wrap gap-2">
            {unused.map(({ engine }) => (
              <Button
                key={engine}
                size="small"
                disabled={save.isPending}
                onClick={() => save.mutate([...used, engine])}
              >
                <Plus aria-hidden /> {engineWords[engine]}
              </Button>
            ))}
            {own ? (
              <Button size="small" look="quiet" disabled={save.isPending} onClick={() => save.mutate(null)}>
                Use the order of the installation
              </Button>
            ) : null}
          </div>
        ) : null}
        {save.error ? <ErrorBox className="m-0" error={save.error} /> : null}
      </div>
    </Card>
  );
}

function stateOf(item: EngineBody | undefined): string {
  if (!item?.set_up) return 'not set up';
  return item.alert ? 'rests' : (item.model ?? '');
}

function moveUp(names: EngineName[], index: number): EngineName[] {
  const [before, own] = [names[index - 1], names[index]];
  if (!before || !own) return names;
  return names.with(index - 1, own).with(index, before);
}
