import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ReplayResultBody } from '../../../../../src/contract/mapping.ts';
import { api } from '../../../api.ts';
import { formatCount } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';
import { ErrorBox } from '../../../parts/error-box.tsx';
import { TextField } from '../../../parts/field.tsx';
import { ReplayChanges } from './replay-changes.tsx';

type Range = { from: string | null; to: string | null };

/** Midnight of a day of the viewer's calendar; `days` later. */
function startOf(day: string, days: number): string | null {
  if (!day) return null;
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + days);
  return date.toISOString();
}

/** Reads past events by the mapping in force; what would change is always shown first. */
export function ReplayPanel({ connectionId, blocked }: { connectionId: string; blocked: boolean }) {
  const [range, setRange] = useState<Range>({ from: null, to: null });
  const client = useQueryClient();
  const params = { id: connectionId };
  const look = useMutation({
    mutationFn: (asked: Range) => api('replayConnection', { params, body: { ...asked, dry_run: true } }),
  });
  const replay = useMutation({
    mutationFn: () => api('replayConnection', { params, body: { ...range, dry_run: false } }),
    onSuccess: () => {
      look.reset();
      return client.invalidateQueries();
    },
  });

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const asked = {
      from: startOf(String(data.get('from') ?? ''), 0),
      to: startOf(String(data.get('to') ?? ''), 1),
    };
    setRange(asked);
    replay.reset();
    look.mutate(asked);
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
        <Button type="submit" size="large" disabled={blocked || look.isPending || replay.isPending}>
          {look.isPending ? 'Reading…' : 'Show what would change'}
        </Button>
      </form>
      {blocked ? (
        <p className="text-ink-2 text-sm">Save the mapping first: a replay uses what is saved.</p>
      ) : null}
      {look.error ? <ErrorBox error={look.error} className="m-0" /> : null}
      {replay.error ? <ErrorBox error={replay.error} className="m-0" /> : null}
      <p role="status" className="text-sm">
        {replay.data ? describeDone(replay.data) : look.data ? describeLook(look.data) : ''}
      </p>
      {look.data && look.data.changed > 0 ? (
        <>
          <ReplayChanges result={look.data} />
          <Button
            look="primary"
            className="self-start"
            disabled={blocked || replay.isPending}
            onClick={() => replay.mutate()}
          >
            {replay.isPending
              ? 'Replaying…'
              : `Replay, and change ${formatCount(look.data.changed_calls)} calls`}
          </Button>
        </>
      ) : null}
    </section>
  );
}

function describeLook(result: ReplayResultBody): string {
  const events = `${formatCount(result.events)} events were read again`;
  if (result.changed === 0) return `${events}; nothing would change.`;
  const recovered = result.recovered > 0 ? `, ${formatCount(result.recovered)} come out of quarantine` : '';
  return `${events}; ${formatCount(result.changed)} are read otherwise${recovered}. Nothing was changed yet.`;
}

function describeDone(result: ReplayResultBody): string {
  return `Done: ${formatCount(result.changed)} events were changed and ${formatCount(result.calls)} calls rebuilt.`;
}
