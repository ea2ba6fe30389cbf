import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Eraser } from 'lucide-react';
import { useState } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import type { EraseResultBody } from '../../../../src/contract/erasures.ts';
import { api } from '../../api.ts';
import { formatCount } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { useMayErase } from '../../shell/use-may-erase.ts';

/** Erases the caller of this call from everything, once it was seen what that takes. */
export function EraseCaller({ call }: { call: CallBody }) {
  const [open, setOpen] = useState(false);
  const mayErase = useMayErase();
  const client = useQueryClient();
  const look = useMutation({
    mutationFn: () => run(call.id, true),
  });
  const erase = useMutation({
    mutationFn: () => run(call.id, false),
    onSuccess: () => {
      setOpen(false);
      return client.invalidateQueries();
    },
  });
  if (call.erased) {
    return (
      <p className="text-pretty text-ink-2 text-sm">
        This caller was erased: number, requests, sound and transcript are gone. Money, times and outcome
        stay.
      </p>
    );
  }
  if (!mayErase || call.caller_id === null) return null;

  function ask(): void {
    erase.reset();
    look.mutate();
    setOpen(true);
  }

  return (
    <>
      <Button className="self-start" onClick={ask}>
        <Eraser aria-hidden /> Erase this caller…
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Erase ${formatPhone(call.caller_id)}`}>
        <div className="flex flex-col gap-3 text-sm">
          <p className="text-pretty">
            Everything that leads to this caller is taken away, on all of his calls: number, ZIP code, fields
            of your own, the requests as they came, recordings, transcripts and quotes. Dates, businesses,
            money and outcomes stay, so that reports keep their sums. It cannot be taken back.
          </p>
          <p role="status" className="font-semibold">
            {look.data ? describe(look.data) : look.isPending ? 'Counting…' : ''}
          </p>
          {look.error ? <ErrorBox className="m-0" error={look.error} /> : null}
          {erase.error ? <ErrorBox className="m-0" error={erase.error} /> : null}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" disabled={!look.data || erase.isPending} onClick={() => erase.mutate()}>
              {erase.isPending ? 'Erasing…' : 'Erase for good'}
            </Button>
            <Button onClick={() => setOpen(false)}>Keep</Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Asks for it and waits until it is done: where the log is long, that takes a while. */
async function run(callId: string, dryRun: boolean): Promise<EraseResultBody> {
  let task = await api('eraseCaller', { body: { call_id: callId, dry_run: dryRun } });
  while (task.state === 'waiting' || task.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    task = await api('getErasureTask', { params: { id: task.task_id } });
  }
  if (task.state === 'failed') throw new Error(task.detail ?? 'The erasure failed.');
  return task;
}

function describe(found: EraseResultBody): string {
  const parts = (['calls', 'events', 'recordings', 'transcripts'] as const).map(
    (name) => `${formatCount(found[name])} ${found[name] === 1 ? name.slice(0, -1) : name}`,
  );
  return `${parts.join(', ')} lead to him.`;
}
