import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { FormEvent } from 'react';
import { type ApiInput, api } from '../../api.ts';
import { Button, buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { FirstEvent } from './first-event.tsx';
import { SecretPanel } from './secret-panel.tsx';
import { readSettings, SettingsFields } from './settings-fields.tsx';

/** Creates a connection, shows its key once, and waits for the first event. */
export function NewConnection() {
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (input: ApiInput<'createConnection'>) => api('createConnection', input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listConnections'] }),
  });
  const secret = create.data;

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    create.mutate({ body: readSettings(event.currentTarget) });
  }

  return (
    <div className="mx-auto max-w-3xl">
      <Link
        to="/connections"
        className="mb-3 inline-flex h-7 items-center gap-1.5 text-ink-2 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" /> Connections
      </Link>
      <PageHeader
        title={secret ? 'Connection created' : 'New connection'}
        {...(!secret && { lead: 'You get an address and a key to paste at the platform.' })}
        actions={
          secret ? (
            <Link to="/connections/$id" params={{ id: secret.connection_id }} className={buttonLook()}>
              Settings
            </Link>
          ) : null
        }
      />
      {secret ? (
        <div className="flex flex-col gap-4">
          <FirstEvent connectionId={secret.connection_id} />
          <SecretPanel secret={secret} />
        </div>
      ) : (
        <Card>
          <form onSubmit={onSubmit} className="flex flex-col gap-5 p-5">
            <SettingsFields />
            {create.error ? <ErrorBox error={create.error} className="m-0" /> : null}
            <div className="flex gap-2">
              <Button type="submit" look="primary" disabled={create.isPending}>
                {create.isPending ? 'Creating…' : 'Create connection'}
              </Button>
              <Link to="/connections" className={buttonLook({ look: 'quiet' })}>
                Cancel
              </Link>
            </div>
          </form>
        </Card>
      )}
    </div>
  );
}
