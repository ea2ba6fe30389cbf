import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { Bookmark } from 'lucide-react';
import { type ExportKind, exportKinds } from '../../../../src/contract/exports.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatBytes, formatCount, formatCounted } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { savedAddress } from '../../parts/saved-address.ts';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { humanize, type Tone } from '../../words.ts';
import { Schedules } from './schedules.tsx';

const route = getRouteApi('/app/saved');

/** Saved reports, what is sent out when, and exports. A link that was sent out names a report: it leads there. */
export function Saved() {
  const { kind, ...query } = route.useSearch();
  if (kind && kind in exportKinds)
    return <Navigate to={savedAddress(kind as ExportKind, query as Record<string, string>)} replace />;
  return (
    <>
      <PageHeader title="Saved and scheduled" />
      <ReportLinks />
      <div className="flex flex-col gap-4">
        <SavedReports />
        <Schedules />
        <Exports />
      </div>
    </>
  );
}

function SavedReports() {
  const mayWrite = useMayWrite();
  const client = useQueryClient();
  const saved = useQuery(apiQuery('listSavedReports', { query: { limit: 500 } }));
  const remove = useMutation({
    mutationFn: (id: string) => api('deleteSavedReport', { params: { id } }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['listSavedReports'] });
      client.invalidateQueries({ queryKey: ['listSchedules'] });
    },
  });
  return (
    <Card title="Saved reports">
      {saved.error ? <ErrorBox error={saved.error} onRetry={() => saved.refetch()} /> : null}
      {remove.error ? <ErrorBox error={remove.error} /> : null}
      {saved.isPending ? <SkeletonRows rows={3} label="Loading saved reports" /> : null}
      {saved.data?.items.length === 0 ? (
        <Empty icon={<Bookmark />} title="Nothing is saved yet">
          Set the filters of a list or report, then choose Save.
        </Empty>
      ) : null}
      <ul className="divide-y divide-line">
        {saved.data?.items.map(({ id, name, kind, query, owner, schedules }) => (
          <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5 text-sm">
            <a href={savedAddress(kind, query)} className="font-medium hover:underline">
              {name}
            </a>
            <span className="text-ink-2">{humanize(kind)}</span>
            <span className="text-ink-3">by {owner}</span>
            {schedules > 0 ? <Badge tone="accent">{formatCount(schedules)} scheduled</Badge> : null}
            {mayWrite ? (
              <Button
                size="small"
                look="danger"
                className="ml-auto"
                aria-label={`Remove ${name}`}
                onClick={() => remove.mutate(id)}
              >
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const tones: Record<string, Tone> = { waiting: 'neutral', running: 'accent', done: 'good', failed: 'bad' };

function Exports() {
  const exported = useQuery({
    ...apiQuery('listExports', { query: { limit: 20 } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((task) => task.state === 'waiting' || task.state === 'running') ? 1_000 : false,
  });
  return (
    <Card title="Exports" hint="files are kept for seven days">
      {exported.error ? <ErrorBox error={exported.error} onRetry={() => exported.refetch()} /> : null}
      {exported.data?.items.length === 0 ? <p className="px-4 py-5 text-ink-2 text-sm">None.</p> : null}
      <ul className="divide-y divide-line">
        {exported.data?.items.map((task) => (
          <li key={task.id} className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5 text-sm">
            <span className="font-medium">{humanize(task.kind)}</span>
            <span className="text-ink-2 uppercase">{task.format}</span>
            <Badge tone={tones[task.state] ?? 'neutral'}>{humanize(task.state)}</Badge>
            <span className="text-ink-2">
              {formatCounted(task.rows_done, 'row')}
              {task.bytes === null ? '' : `, ${formatBytes(task.bytes)}`}
            </span>
            <span className="text-ink-2">
              <When at={task.created_at} />
            </span>
            {task.detail ? <span className="text-bad">{task.detail}</span> : null}
            {task.url ? (
              <a href={task.url} download className="ml-auto font-medium text-accent-ink hover:underline">
                Download
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
