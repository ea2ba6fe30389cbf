import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import { type ApiInput, api } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { readSettings, SettingsFields } from './settings-fields.tsx';

/** Changes what a connection's values mean from now on. */
export function ConnectionSettings({
  connection,
  mayWrite,
}: {
  connection: ConnectionBody;
  mayWrite: boolean;
}) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: NonNullable<ApiInput<'updateConnection'>['body']>) =>
      api('updateConnection', { params: { id: connection.id }, body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['getConnection'] }),
        client.invalidateQueries({ queryKey: ['listConnections'] }),
      ]),
  });

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    save.mutate(readSettings(event.currentTarget));
  }

  return (
    <Card title="Settings">
      <form onSubmit={onSubmit} className="p-4">
        <fieldset disabled={!mayWrite} className="flex flex-col gap-4">
          <SettingsFields settings={connection} />
          {save.error ? <ErrorBox error={save.error} className="m-0" /> : null}
          {mayWrite ? (
            <div className="flex items-center gap-3">
              <Button type="submit" look="primary" disabled={save.isPending}>
                {save.isPending ? 'Saving…' : 'Save'}
              </Button>
              <span role="status" className="text-good text-sm">
                {save.isSuccess ? 'Saved.' : ''}
              </span>
            </div>
          ) : null}
        </fieldset>
      </form>
    </Card>
  );
}
