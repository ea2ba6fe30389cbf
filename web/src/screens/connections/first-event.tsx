import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { apiQuery } from '../../api-query.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { EventRow } from '../../parts/event-row.tsx';

/** Watches a connection until its first event arrives, then shows how it was read. */
export function FirstEvent({ connectionId }: { connectionId: string }) {
  const events = useQuery({
    ...apiQuery('listEvents', { query: { connection_id: connectionId, limit: 1 } }),
    refetchInterval: ({ state }) => (state.data?.items.length ? false : 1_500),
  });
  const connection = useQuery({
    ...apiQuery('getConnection', { params: { id: connectionId } }),
    refetchInterval: events.data?.items.length ? false : 3_000,
  });
  const first = events.data?.items[0];
  const refused = connection.data?.refused_count ?? 0;
  return (
    <Card>
      <div role="status" className="flex flex-wrap items-center gap-3 px-4 py-4">
        {first ? (
          <CircleCheck aria-hidden className="size-5 text-good" />
        ) : (
          <LoaderCircle aria-hidden className="size-5 animate-spin text-accent" />
        )}
        <div className="min-w-0 flex-1">
          <p className="font-semibold text-sm">
            {first ? 'The first event is here' : 'Waiting for the first event'}
          </p>
          <p className="text-pretty text-ink-2 text-sm">
            {first
              ? first.warnings.length > 0
                ? 'It was kept. Some fields could not be read as they came; see below.'
                : 'It was kept, and every field could be read.'
              : 'Send the test event, or place a call. This page notices by itself.'}
          </p>
          {!first && refused > 0 ? (
            <p className="mt-1 text-bad text-sm">
              {refused} {refused === 1 ? 'request was' : 'requests were'} refused: the key in them is not this
              connection’s.
            </p>
          ) : null}
        </div>
        {first?.call_id ? (
          <Link to="/calls/$id" params={{ id: first.call_id }} className={buttonLook({ look: 'primary' })}>
            Open the call
          </Link>
        ) : null}
      </div>
      {first ? (
        <div className="border-line border-t">
          <EventRow event={first} open />
        </div>
      ) : null}
    </Card>
  );
}
