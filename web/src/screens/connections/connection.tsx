import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionBody, ConnectionSecretBody } from '../../../../src/contract/connections.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatAbout, formatCount } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { ConnectionHealth } from './connection-health.tsx';
import { ConnectionKeys } from './connection-keys.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { ConnectionState } from './connection-table.tsx';
import { EnginesCard } from './engines-card.tsx';
import { FirstEvent } from './first-event.tsx';
import { ImportCard } from './import-card.tsx';
import { MappingCard } from './mapping/mapping-card.tsx';
import { platformWords } from './platform-words.ts';
import { RecentEvents } from './recent-events.tsx';
import { RecordingHostsCard } from './recording-hosts-card.tsx';
import { SecretPanel } from './secret-panel.tsx';
import { TemplatesCard } from './templates-card.tsx';
import { TestEventCard } from './test-event-card.tsx';

const route = getRouteApi('/app/connections/$id');

/** One connection: how it is doing, what it sends, and its settings. */
export function Connection() {
  const { id } = route.useParams();
  const connection = useQuery({ ...apiQuery('getConnection', { params: { id } }), refetchInterval: 10_000 });
  if (connection.error && !connection.data) {
    return <ErrorBox className="mx-0" error={connection.error} onRetry={() => connection.refetch()} />;
  }
  if (!connection.data) return <SkeletonRows label="Loading the connection" />;
  return <ConnectionPage key={id} connection={connection.data} />;
}

function ConnectionPage({ connection }: { connection: ConnectionBody }) {
  const [secret, setSecret] = useState<ConnectionSecretBody | null>(null);
  const mayWrite = useMayWrite();
  const client = useQueryClient();
  const paused = connection.state === 'paused';
  const pause = useMutation({
    mutationFn: () =>
      api('updateConnection', {
        params: { id: connection.id },
        body: { state: paused ? 'active' : 'paused' },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getConnection'] }),
  });
  const counts: [string, string][] = [
    ['Events', formatAbout(connection.event_count, connection.event_count_estimated)],
    ['Quarantined', formatCount(connection.quarantined_count)],
    ['Refused', formatCount(connection.refused_count)],
  ];

  return (
    <>
      <Link
        to="/connections"
        className="mb-3 inline-flex h-7 items-center gap-1.5 text-ink-2 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" /> Connections
      </Link>
      <PageHeader
        title={connection.name}
        lead={platformWords[connection.platform]}
        actions={
          <>
            <ConnectionState connection={connection} />
            {mayWrite ? (
              <Button disabled={pause.isPending} onClick={() => pause.mutate()}>
                {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
                {paused ? 'Resume' : 'Pause'}
              </Button>
            ) : null}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {pause.error ? <ErrorBox className="m-0" error={pause.error} /> : null}
        {secret ? <SecretPanel secret={secret} /> : null}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            {connection.event_count === 0 ? <FirstEvent connectionId={connection.id} /> : null}
            <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-4">
              <div className="bg-surface px-4 py-3">
                <dt className="text-ink-2 text-xs">Last event</dt>
                <dd className="mt-1 font-semibold text-sm leading-7">
                  <When at={connection.last_event_at} ago />
                </dd>
              </div>
              {counts.map(([term, value]) => (
                <div key={term} className="bg-surface px-4 py-3">
                  <dt className="text-ink-2 text-xs">{term}</dt>
                  <dd className="mt-1 font-semibold text-lg">{value}</dd>
                </div>
              ))}
            </dl>
            <ConnectionHealth connectionId={connection.id} />
            <RecentEvents connectionId={connection.id} />
            {secret ? null : <TemplatesCard connection={connection} />}
            <MappingCard connection={connection} mayWrite={mayWrite} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <Card title="Where to send">
              <div className="flex flex-col gap-2 p-4">
                <CodeBlock text={connection.url} label="address" />
                <CodeBlock text={connection.id} label="connection id" />
              </div>
            </Card>
            <ConnectionKeys connection={connection} mayWrite={mayWrite} onSecret={setSecret} />
            <TestEventCard connectionId={connection.id} mayWrite={mayWrite} />
            <ImportCard connectionId={connection.id} mayWrite={mayWrite} />
            <RecordingHostsCard connectionId={connection.id} mayWrite={mayWrite} />
            <EnginesCard connectionId={connection.id} mayWrite={mayWrite} />
            <ConnectionSettings connection={connection} mayWrite={mayWrite} />
          </div>
        </div>
      </div>
    </>
  );
}
