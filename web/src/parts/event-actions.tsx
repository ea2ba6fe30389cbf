import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCw, Trash2 } from 'lucide-react';
import type { EventBody } from '../../../src/contract/events.ts';
import { api } from '../api.ts';
import { useMayWrite } from '../shell/use-may-write.ts';
import { Button, buttonLook } from './button.tsx';
import { ErrorBox } from './error-box.tsx';

/** What can be done with an event: open its call, read it again, remove it where it is a test. */
export function EventActions({ event }: { event: EventBody }) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(
      ['listEvents', 'getConnection', 'getConnectionHealth'].map((name) =>
        client.invalidateQueries({ queryKey: [name] }),
      ),
    );
  const input = { params: { id: event.id } };
  const replay = useMutation({ mutationFn: () => api('replayEvent', input), onSuccess: refresh });
  const remove = useMutation({ mutationFn: () => api('deleteTestEvent', input), onSuccess: refresh });
  const mayWrite = useMayWrite();
  const busy = replay.isPending || remove.isPending;
  const error = replay.error ?? remove.error;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {event.call_id ? (
          <Link to="/calls/$id" params={{ id: event.call_id }} className={buttonLook({ size: 'small' })}>
            Open the call
          </Link>
        ) : null}
        {mayWrite ? (
          <Button size="small" disabled={busy} onClick={() => replay.mutate()}>
            <RotateCw aria-hidden /> Read again
          </Button>
        ) : null}
        {mayWrite && event.is_test ? (
          <Button size="small" look="danger" disabled={busy} onClick={() => remove.mutate()}>
            <Trash2 aria-hidden /> Remove the test
          </Button>
        ) : null}
        <span role="status" className="text-ink-2 text-xs">
          {replay.data ? wordsFor(replay.data) : ''}
        </span>
      </div>
      {error ? <ErrorBox className="m-0" error={error} /> : null}
    </div>
  );
}

function wordsFor({ changed, recovered }: { changed: boolean; recovered: boolean }): string {
  if (recovered) return 'Recovered from quarantine.';
  return changed ? 'Read otherwise than before.' : 'Read as before.';
}
