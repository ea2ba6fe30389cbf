import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { apiQuery } from '../../api-query.ts';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { EventRow } from '../../parts/event-row.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';

const views = [
  { value: 'all', label: 'All' },
  { value: 'quarantined', label: 'Quarantine' },
  { value: 'skipped', label: 'Skipped' },
] as const;
type View = (typeof views)[number]['value'];

const nothing: Record<View, string> = {
  all: 'No event has arrived yet.',
  quarantined: 'Nothing in quarantine: every request named its connection and its call.',
  skipped: 'Nothing was skipped.',
};

/** The latest requests of a connection, as they came and as they were read. */
export function RecentEvents({ connectionId }: { connectionId: string }) {
  const [view, setView] = useState<View>('all');
  const events = useQuery({
    ...apiQuery('listEvents', {
      query: { connection_id: connectionId, limit: 25, ...(view !== 'all' && { status: view }) },
    }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      title="Recent events"
      actions={<Segmented label="Which events" options={views} value={view} onChange={setView} />}
    >
      {view === 'quarantined' ? (
        <p className="border-line border-b px-4 py-2.5 text-pretty text-ink-2 text-sm">
          These requests carried the right key, but lack the id of the connection or of the call. They are
          kept; once the template is fixed, the next ones come through.
        </p>
      ) : null}
      {events.isPending ? <SkeletonRows rows={4} label="Loading events" /> : null}
      {events.error ? <ErrorBox error={events.error} onRetry={() => events.refetch()} /> : null}
      {events.data?.items.length === 0 ? (
        <p className="px-4 py-8 text-center text-ink-2 text-sm">{nothing[view]}</p>
      ) : null}
      <div className="divide-y divide-line">
        {events.data?.items.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </div>
      <p className="border-line border-t px-4 py-2.5 text-sm">
        <Link
          to="/events"
          search={{ connection_id: connectionId }}
          className="inline-flex min-h-6 items-center text-accent-ink hover:underline"
        >
          All events of this connection
        </Link>
      </p>
    </Card>
  );
}
