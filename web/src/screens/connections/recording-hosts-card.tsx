import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import type { RecordingHostBody } from '../../../../src/contract/recording-hosts.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { When } from '../../parts/when.tsx';
import { RecordingHostForm } from './recording-host-form.tsx';
import { authWords } from './recording-host-words.ts';

/** Servers that have the recordings and are not simply open: credentials, ports, certificates. */
export function RecordingHostsCard({ connectionId, mayWrite }: { connectionId: string; mayWrite: boolean }) {
  const [editing, setEditing] = useState<RecordingHostBody | 'new' | null>(null);
  const [rerun, setRerun] = useState<number | null>(null);
  const client = useQueryClient();
  const hosts = useQuery(apiQuery('listRecordingHosts', { params: { id: connectionId } }));
  const refresh = () => client.invalidateQueries({ queryKey: ['listRecordingHosts'] });
  const remove = useMutation({
    mutationFn: (host: string) => api('deleteRecordingHost', { params: { id: connectionId, host } }),
    onSuccess: refresh,
  });
  const items = hosts.data?.items ?? [];

  return (
    <Card
      title="Recordings"
      actions={
        mayWrite ? (
          <Button size="small" onClick={() => setEditing('new')}>
            Add host
          </Button>
        ) : null
      }
    >
      {hosts.error ? <ErrorBox error={hosts.error} onRetry={() => hosts.refetch()} /> : null}
      {hosts.data && items.length === 0 ? (
        <p className="p-4 text-pretty text-ink-2 text-sm">
          Fetched without credentials. Where a server asks for some, uses another port or a certificate of
          your own, add its host.
        </p>
      ) : null}
      <ul className="divide-y divide-line text-sm">
        {items.map((item) => (
          <li key={item.host} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
            <code className="min-w-0 break-all font-mono text-xs">{item.host}</code>
            <Badge tone={item.auth ? 'accent' : 'neutral'}>
              {item.auth ? authWords[item.auth] : 'no credential'}
            </Badge>
            {item.tls === 'own-ca' ? <Badge>own authority</Badge> : null}
            {item.tls === 'insecure' ? (
              <Badge tone="bad">
                <ShieldAlert aria-hidden /> certificates not checked
              </Badge>
            ) : null}
            <span className="text-ink-2 text-xs">
              changed <When at={item.changed_at} ago />
            </span>
            {mayWrite ? (
              <span className="ml-auto flex gap-2">
                <Button size="small" onClick={() => setEditing(item)} aria-label={`Change ${item.host}`}>
                  Change
                </Button>
                <Button
                  size="small"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(item.host)}
                  aria-label={`Remove ${item.host}`}
                >
                  Remove
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status" className="px-4 text-good text-sm [&:not(:empty)]:py-2.5">
        {rerun === null ? '' : rerunWords(rerun)}
      </p>
      {remove.error ? <ErrorBox error={remove.error} /> : null}
      <Dialog
        open={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === null || editing === 'new' ? 'Add a host' : `Change ${editing.host}`}
      >
        {editing ? (
          <RecordingHostForm
            connectionId={connectionId}
            host={editing === 'new' ? null : editing}
            onSaved={(calls) => {
              setEditing(null);
              setRerun(calls);
              refresh();
            }}
          />
        ) : null}
      </Dialog>
    </Card>
  );
}

function rerunWords(calls: number): string {
  if (calls === 0) return 'Saved.';
  return `Saved. ${calls} ${calls === 1 ? 'call that' : 'calls that'} failed for this host ${calls === 1 ? 'is' : 'are'} fetched again.`;
}
