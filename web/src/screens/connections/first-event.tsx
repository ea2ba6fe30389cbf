import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import type { EventBody } from '../../../../src/contract/events.ts';
import { apiQuery } from '../../api-query.ts';
import { formatCount } from '../../format/number.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { EventRow } from '../../parts/event-row.tsx';

/** What the newest event says about the set-up: its title, what to do, and whether watching is over. */
function readEvent(event: EventBody | undefined): { title: string; text: string; done: boolean } {
  if (!event) {
    return {
      title: 'Waiting for the first event',
      text: 'Send the test event, or place a call. This page notices by itself.',
      done: false,
    };
  }
  if (event.status === 'quarantined') {
    const missing = event.call_instance_id === null ? 'call_instance_id' : 'connection_id';
    return {
      title: 'A request came, but it cannot be used',
      text: `It was kept, and the key is right, but ${missing} is missing. Correct it and send again; this page goes on watching.`,
      done: false,
    };
  }
  return {
    title: 'The first event is here',
    text:
      event.warnings.length > 0
        ? 'It was kept. Some fields could not be read as they came; see below.'
        : 'It was kept, and every field could be read.',
    done: true,
  };
}

/** Watches a connection until its first good event arrives, then shows how it was read. */
export function FirstEvent({ connectionId }: { connectionId: string }) {
  const events = useQuery({
    ...apiQuery('listEvents', { query: { connection_id: connectionId, limit: 1 } }),
    refetchInterval: ({ state }) => (readEvent(state.data?.items[0]).done ? false : 1_500),
  });
  const newest = events.data?.items[0];
  const { title, text, done } = readEvent(newest);
  const connection = useQuery({
    ...apiQuery('getConnection', { params: { id: connectionId } }),
    refetchInterval: done ? false : 3_000,
  });
  const Icon = done ? CircleCheck : newest ? CircleAlert : LoaderCircle;
  const look = done ? 'text-good' : newest ? 'text-warn' : 'animate-spin text-accent';
  return (
    <Card>
      <div role="status" className="flex flex-wrap items-center gap-3 px-4 py-4">
        <Icon aria-hidden className={`size-5 ${look}`} />
        <div className="min-w-0 flex-1">
          <p className="font-semibold text-sm">{title}</p>
          <p className="text-pretty text-ink-2 text-sm">{text}</p>
          {connection.data && !done ? <Refused connection={connection.data} /> : null}
        </div>
        {newest?.call_id ? (
          <Link to="/calls/$id" params={{ id: newest.call_id }} className={buttonLook({ look: 'primary' })}>
            Open the call
          </Link>
        ) : null}
      </div>
      {newest ? (
        <div className="border-line border-t">
          <EventRow key={newest.id} event={newest} open />
        </div>
      ) : null}
    </Card>
  );
}

/** Requests that named the connection with a key that is not its own. */
function Refused({ connection: { refused_count: refused } }: { connection: ConnectionBody }) {
  if (refused === 0) return null;
  return (
    <p className="mt-1 text-bad text-sm">
      {formatCount(refused)} {refused === 1 ? 'request was' : 'requests were'} refused: the key in them is not
      this connection’s.
    </p>
  );
}
