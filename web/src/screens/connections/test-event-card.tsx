import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { api } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { Warnings } from '../../parts/event-row.tsx';

/** Sends an event that is marked as test, and shows its receipt and how it was read. */
export function TestEventCard({ connectionId, mayWrite }: { connectionId: string; mayWrite: boolean }) {
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => api('sendTestEvent', { params: { id: connectionId }, body: {} }),
    onSuccess: () =>
      Promise.all(
        ['listEvents', 'getConnection'].map((name) => client.invalidateQueries({ queryKey: [name] })),
      ),
  });
  if (!mayWrite) return null;
  return (
    <Card title="Test event">
      <div className="flex flex-col gap-3 p-4">
        <p className="text-pretty text-ink-2 text-sm">
          An event with every documented field, received as if the platform had sent it. Tests never count in
          reports and can be removed again.
        </p>
        <Button className="self-start" disabled={send.isPending} onClick={() => send.mutate()}>
          <Send aria-hidden /> {send.isPending ? 'Sending…' : 'Send test event'}
        </Button>
        {send.error ? <ErrorBox className="m-0" error={send.error} /> : null}
        {send.data ? (
          <div role="status" className="flex flex-col gap-2 text-sm">
            <p className="font-medium">The answer to the sender</p>
            <CodeBlock text={JSON.stringify(send.data.answer, null, 2)} label="answer" />
            {send.data.event.warnings.length > 0 ? <Warnings warnings={send.data.event.warnings} /> : null}
            <p className="font-medium">How it was read</p>
            <dl className="divide-y divide-line rounded-lg border border-line">
              {Object.entries(send.data.event.fields).map(([field, value]) => (
                <div key={field} className="flex flex-wrap justify-between gap-x-3 px-3 py-1">
                  <dt className="font-mono text-ink-2 text-xs leading-5">{field}</dt>
                  <dd className="min-w-0 break-words text-xs leading-5">{String(value)}</dd>
                </div>
              ))}
            </dl>
          </div>
        ) : null}
      </div>
    </Card>
  );
}
