import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api-query.ts';
import { ErrorBox } from '../../parts/error-box.tsx';
import { EventRow } from '../../parts/event-row.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';

/** The requests that made this call, as they came. */
export function CallEvents({ callId }: { callId: string }) {
  const events = useQuery(apiQuery('listEvents', { query: { call_id: callId, limit: 100 } }));
  if (events.error) return <ErrorBox error={events.error} onRetry={() => events.refetch()} />;
  if (!events.data) return <SkeletonRows rows={3} label="Loading events" />;
  return (
    <div className="divide-y divide-line">
      {events.data.items.map((event, index) => (
        <EventRow key={event.id} event={event} open={index === 0} />
      ))}
    </div>
  );
}
