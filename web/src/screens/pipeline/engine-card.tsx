import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EngineBody } from '../../../../src/contract/engines.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { engineWords } from '../../engine-words.ts';
import { formatMoney } from '../../format/money.ts';
import { formatAudio, formatCount, formatWork, unknown } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';

/** What listens to calls: which engines are set up, which rest and why, what they did and cost. */
export function EngineCard() {
  const engines = useQuery({ ...apiQuery('listEngines', {}), refetchInterval: 5_000 });
  const items = engines.data?.items ?? [];
  return (
    <Card title="Speech engines" hint="work of the last 7 days">
      {engines.error ? <ErrorBox error={engines.error} onRetry={() => engines.refetch()} /> : null}
      {engines.data ? (
        <>
          {items.some((item) => item.set_up) ? null : <NoEngine items={items} />}
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <EngineRow key={item.engine} item={item} />
            ))}
          </ul>
          <p className="border-line border-t px-4 py-2.5 text-ink-2 text-xs">
            Asked in this order where a connection has none of its own:{' '}
            {engines.data.order.map((name) => engineWords[name]).join(', ')}.
          </p>
        </>
      ) : engines.error ? null : (
        <SkeletonRows rows={4} label="Loading the engines" />
      )}
    </Card>
  );
}

/** Nothing can listen: what to do with and without internet. */
function NoEngine({ items }: { items: EngineBody[] }) {
  const waiting = Math.max(0, ...items.map((item) => item.parked_calls));
  return (
    <div role="status" className="m-4 rounded-lg border border-line bg-warn-soft p-4 text-sm">
      <p className="font-semibold">Nothing can listen yet</p>
      <p className="mt-1 text-pretty">
        {waiting === 0
          ? 'Calls'
          : `${formatCount(waiting)} ${waiting === 1 ? 'call waits' : 'calls wait'}, and others`}{' '}
        are kept until there is a speech engine; they go on by themselves. On this machine, run{' '}
        <code className="break-all font-mono text-xs">npx aria models pull</code>. Without internet,{' '}
        <code className="break-all font-mono text-xs">npx aria models list</code> names the file to carry over
        and <code className="break-all font-mono text-xs">npx aria models add FILE</code> brings it in.
      </p>
    </div>
  );
}

function EngineRow({ item }: { item: EngineBody }) {
  const client = useQueryClient();
  const mayWrite = useMayWrite();
  const resume = useMutation({
    mutationFn: () => api('resumeEngine', { params: { engine: item.engine } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listEngines'] }),
  });
  const { calls, audio_seconds, engine_seconds, real_time_factor, cost } = item.last_7_days;
  return (
    <li className="px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="w-40 font-medium">{engineWords[item.engine]}</span>
        <Badge tone={item.alert ? 'bad' : item.set_up ? 'good' : 'neutral'}>
          {item.alert ? 'Rests' : item.set_up ? 'Set up' : 'Not set up'}
        </Badge>
        <span className="min-w-0 break-words text-ink-2">{item.model ?? item.missing}</span>
        {item.alert && mayWrite ? (
          <Button
            size="small"
            className="ml-auto"
            disabled={resume.isPending}
            onClick={() => resume.mutate()}
            aria-label={`Ask again: ${engineWords[item.engine]}`}
          >
            Ask again
          </Button>
        ) : null}
      </div>
      {calls > 0 ? (
        <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-xs">
          <Fact term="Calls" value={formatCount(calls)} />
          <Fact term="Audio" value={formatAudio(audio_seconds)} />
          <Fact term="Work" value={formatWork(engine_seconds)} />
          <Fact
            term="Work per second of audio"
            value={real_time_factor === null ? unknown : `${real_time_factor.toFixed(3)} s`}
          />
          {item.engine === 'local' ? null : <Fact term="Cost" value={formatMoney(cost, 'USD')} />}
        </dl>
      ) : null}
      {item.alert ? (
        <div className="mt-2 rounded-md bg-sunken px-3 py-2">
          <code className="font-mono text-bad text-xs">{item.alert.code}</code>
          <p className="mt-0.5 break-words">{item.alert.detail}</p>
          <p className="mt-1 text-ink-2">
            {item.alert.advice} Since <When at={item.alert.since} ago />; one call tries again{' '}
            <When at={item.alert.try_at} ago />.
          </p>
        </div>
      ) : null}
      {resume.error ? <ErrorBox error={resume.error} className="mx-0 mb-0" /> : null}
    </li>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-2">{term}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}
