import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { ReplayBody } from '../../../../../src/contract/replays.ts';
import { api } from '../../../api.ts';
import { apiQuery } from '../../../api-query.ts';
import { formatCount, formatCounted } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';
import { ErrorBox } from '../../../parts/error-box.tsx';
import { TextField } from '../../../parts/field.tsx';
import { ReplayChanges } from './replay-changes.tsx';
import { ReplayProgress } from './replay-progress.tsx';

type Wish = Pick<ReplayBody, 'from' | 'to' | 'dry_run'>;

/** Midnight of a day of the viewer's calendar; `days` later. */
function startOf(day: string, days: number): string | null {
  if (!day) return null;
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + days);
  return date.toISOString();
}

/**
 * Reads past events by the mapping in force; what would change is always shown first. Both run at the server: one
 * that is under way is found again when the page is opened anew.
 */
export function ReplayPanel({ connectionId, blocked }: { connectionId: string; blocked: boolean }) {
  const client = useQueryClient();
  const params = { id: connectionId };
  const [startedId, setStartedId] = useState<string | null>(null);
  const last = useQuery(apiQuery('listReplays', { params, query: { limit: 1 } }));
  const newest = last.data?.items[0];
  const shownId = startedId ?? (newest && isOpen(newest) ? newest.id : null);
  const shown = useQuery({
    ...apiQuery('getReplay', { params: { id: shownId ?? '' } }),
    enabled: shownId !== null,
    refetchInterval: ({ state }) => (!state.data || isOpen(state.data) ? 700 : false),
  });
  const start = useMutation({
    mutationFn: (body: Wish) => api('startReplay', { params, body }),
    onSuccess: (replay) => setStartedId(replay.id),
  });
  const cancel = useMutation({
    mutationFn: (id: string) => api('cancelReplay', { params: { id } }),
    onSettled: () => shown.refetch(),
  });
  const replay = shownId === null ? undefined : shown.data;
  const isRunning = start.isPending || (replay !== undefined && isOpen(replay));

  // what it has changed is shown on this page and others
  const changedAt = replay && !replay.dry_run ? replay.finished_at : null;
  useEffect(() => {
    if (changedAt) void client.invalidateQueries();
  }, [changedAt, client]);

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    start.mutate({
      from: startOf(String(data.get('from') ?? ''), 0),
      to: startOf(String(data.get('to') ?? ''), 1),
      dry_run: true,
    });
  }

  return (
    <section aria-label="Replay past events" className="flex flex-col gap-3 border-line border-t p-4">
      <div>
        <h3 className="font-semibold text-sm">Replay past events</h3>
        <p className="text-pretty text-ink-2 text-sm">
          Events that are here already stay as they were read. A replay reads them again by the mapping in
          force and rebuilds their calls; you see first what would change.
        </p>
      </div>
      <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
        <TextField label="From" name="from" type="date" className="min-w-0 flex-1 basis-36" />
        <TextField label="To, included" name="to" type="date" className="min-w-0 flex-1 basis-36" />
        <Button type="submit" size="large" disabled={blocked || isRunning}>
          Show what would change
        </Button>
      </form>
      {blocked ? (
        <p className="text-ink-2 text-sm">Save the mapping first: a replay uses what is saved.</p>
      ) : null}
      {[start.error, shown.error, cancel.error].map((error) =>
        error ? <ErrorBox key={error.message} error={error} className="m-0" /> : null,
      )}
      {replay && isOpen(replay) ? (
        <ReplayProgress
          replay={replay}
          onCancel={() => cancel.mutate(replay.id)}
          cancelling={cancel.isPending}
        />
      ) : null}
      <p role="status" className="text-sm">
        {replay && !isOpen(replay) ? describeEnd(replay) : ''}
      </p>
      {replay?.dry_run && replay.state === 'done' && replay.changed > 0 ? (
        <>
          <ReplayChanges result={replay} />
          <Button
            look="primary"
            className="self-start"
            disabled={blocked || isRunning}
            onClick={() => start.mutate({ from: replay.from, to: replay.to, dry_run: false })}
          >
            {`Replay, and change ${formatCounted(replay.changed_calls, 'call')}`}
          </Button>
        </>
      ) : null}
    </section>
  );
}

function isOpen({ state }: Pick<ReplayBody, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

function describeEnd(replay: ReplayBody): string {
  if (replay.state === 'failed') return replay.detail ?? 'It failed.';
  const counts = `${formatCounted(replay.changed, 'event')} changed and ${formatCounted(replay.calls, 'call')} rebuilt`;
  if (replay.state === 'cancelled') {
    return replay.dry_run ? 'Stopped; nothing was changed.' : `Stopped: ${counts} by then, and stay so.`;
  }
  return replay.dry_run ? describeLook(replay) : `Done: ${counts}.`;
}

function describeLook(replay: ReplayBody): string {
  const events = `${formatCounted(replay.events, 'event')} read again`;
  if (replay.changed === 0) return `${events}; nothing would change.`;
  const recovered =
    replay.recovered > 0
      ? `, ${formatCount(replay.recovered)} ${replay.recovered === 1 ? 'comes' : 'come'} out of quarantine`
      : '';
  return `${events}; ${formatCount(replay.changed)} ${replay.changed === 1 ? 'is' : 'are'} read otherwise${recovered}. Nothing was changed yet.`;
}
