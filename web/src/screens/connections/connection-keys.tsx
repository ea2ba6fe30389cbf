import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ConnectionBody, ConnectionSecretBody } from '../../../../src/contract/connections.ts';
import { api } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField } from '../../parts/field.tsx';
import { When } from '../../parts/when.tsx';

const overlaps = [
  { value: '0', label: 'Not at all: it stops now' },
  { value: '1', label: '1 hour' },
  { value: '24', label: '1 day' },
  { value: '168', label: '1 week' },
  { value: '720', label: '30 days' },
];

/** The keys that are valid, and rotation with an overlap. */
export function ConnectionKeys({
  connection,
  mayWrite,
  onSecret,
}: {
  connection: ConnectionBody;
  mayWrite: boolean;
  onSecret: (secret: ConnectionSecretBody) => void;
}) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: (overlap_hours: number) =>
      api('rotateKey', { params: { id: connection.id }, body: { overlap_hours } }),
    onSuccess: (secret) => {
      setAsking(false);
      onSecret(secret);
      client.invalidateQueries({ queryKey: ['getConnection'] });
    },
  });

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    rotate.mutate(Number(new FormData(event.currentTarget).get('overlap')));
  }

  return (
    <Card
      title="Keys"
      actions={
        mayWrite ? (
          <Button size="small" onClick={() => setAsking(true)}>
            Rotate
          </Button>
        ) : null
      }
    >
      <ul className="divide-y divide-line text-sm">
        {connection.keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-3 px-4 py-2.5">
            <code className="font-mono text-xs">{key.hint}</code>
            <span className="text-ink-2 text-xs">
              since <When at={key.created_at} />
            </span>
            {key.expires_at ? (
              <span className="ml-auto text-warn text-xs">
                works until <When at={key.expires_at} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Rotate the key">
        <form onSubmit={onSubmit} className="flex flex-col gap-4">
          <p className="text-pretty text-ink-2 text-sm">
            A new key is made and shown once. The present one goes on working for a while, so that nothing is
            lost until the new one is pasted at the platform.
          </p>
          <SelectField
            label="The present key goes on working for"
            name="overlap"
            options={overlaps}
            defaultValue="24"
          />
          {rotate.error ? <ErrorBox error={rotate.error} className="m-0" /> : null}
          <Button type="submit" look="primary" disabled={rotate.isPending}>
            Make a new key
          </Button>
        </form>
      </Dialog>
    </Card>
  );
}
