import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { RecordingHostBody } from '../../../../src/contract/recording-hosts.ts';
import { type ApiInput, api } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';

type Change = NonNullable<ApiInput<'putRecordingHost'>['body']>;

const authOptions = [
  { value: 'bearer', label: 'Bearer token' },
  { value: 'basic', label: 'User and password' },
  { value: 'query', label: 'Parameter of the address' },
  { value: 'header', label: 'Header' },
  { value: 'none', label: 'No credential' },
];
const tlsOptions = [
  { value: 'system', label: 'Of the usual authorities' },
  { value: 'own-ca', label: 'Of an authority of your own' },
  { value: 'insecure', label: 'Any at all: not checked' },
];

/** Sets what a host needs. A credential that is stored is not shown, and kept unless another is given. */
export function RecordingHostForm({
  connectionId,
  host,
  onSaved,
}: {
  connectionId: string;
  /** Null for a new one. */
  host: RecordingHostBody | null;
  /** @param calls how many are fetched again because of the change */
  onSaved: (calls: number) => void;
}) {
  const caId = useId();
  const keeps = host?.auth != null;
  const [auth, setAuth] = useState(keeps ? 'keep' : host ? 'none' : 'bearer');
  const [tls, setTls] = useState<string>(host?.tls ?? 'system');
  const save = useMutation({
    mutationFn: ({ pattern, body }: { pattern: string; body: Change }) =>
      api('putRecordingHost', { params: { id: connectionId, host: pattern }, body }),
    onSuccess: ({ rerun }) => onSaved(rerun),
  });

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    save.mutate({ pattern: host?.host ?? String(data.get('host')).trim(), body: readChange(data, host) });
  }

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4" autoComplete="off">
      {host ? null : (
        <TextField
          label="Host"
          name="host"
          required
          maxLength={260}
          placeholder="recordings.example.com"
          hint="*.example.com stands for all hosts below it; example.com:8443 opens that port."
        />
      )}
      <SelectField
        label="Credential"
        name="auth"
        value={auth}
        onChange={(event) => setAuth(event.target.value)}
        options={keeps ? [{ value: 'keep', label: 'Keep the present one' }, ...authOptions] : authOptions}
        hint="Sent to this host only, over https or within your own network; stored encrypted, never shown again."
      />
      {auth === 'basic' ? <TextField label="User" name="user" required maxLength={1000} /> : null}
      {auth === 'query' || auth === 'header' ? (
        <TextField
          label={auth === 'query' ? 'Name of the parameter' : 'Name of the header'}
          name="name"
          required
          maxLength={100}
        />
      ) : null}
      {auth === 'keep' || auth === 'none' ? null : (
        <TextField
          label={auth === 'basic' ? 'Password' : auth === 'bearer' ? 'Token' : 'Value'}
          name="secret"
          type="password"
          required
          maxLength={4000}
          autoComplete="new-password"
        />
      )}
      <SelectField
        label="Certificates believed"
        name="tls"
        value={tls}
        onChange={(event) => setTls(event.target.value)}
        options={tlsOptions}
        hint={
          tls === 'insecure'
            ? 'Somebody on the way could then read the credential and exchange recordings. Every recording from here says so.'
            : undefined
        }
      />
      {tls === 'own-ca' ? (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={caId} className="font-medium text-sm">
            Certificate authority (PEM)
          </label>
          <textarea
            id={caId}
            name="ca"
            rows={5}
            required={host?.tls !== 'own-ca'}
            placeholder={
              host?.tls === 'own-ca' ? 'Kept unless another is given' : '-----BEGIN CERTIFICATE-----'
            }
            spellCheck={false}
            className="w-full rounded-md border border-line-strong/60 bg-surface p-3 font-mono text-xs hover:border-line-strong"
          />
        </div>
      ) : null}
      {save.error ? <ErrorBox error={save.error} className="m-0" /> : null}
      <Button type="submit" look="primary" disabled={save.isPending}>
        {save.isPending ? 'Saving…' : 'Save'}
      </Button>
    </form>
  );
}

/** What the form changes; what it leaves out stays as it is. */
function readChange(data: FormData, host: RecordingHostBody | null): Change {
  const text = (name: string) => String(data.get(name) ?? '');
  const change: Change = {};
  const kind = text('auth');
  if (kind === 'none') change.auth = null;
  else if (kind === 'bearer') change.auth = { kind, token: text('secret') };
  else if (kind === 'basic') change.auth = { kind, user: text('user'), password: text('secret') };
  else if (kind === 'query' || kind === 'header') {
    change.auth = { kind, name: text('name').trim(), value: text('secret') };
  }
  const mode = text('tls');
  const ca = text('ca').trim();
  if (mode === 'own-ca' && ca !== '') change.tls = { mode, ca };
  else if (mode !== 'own-ca' && mode !== host?.tls) change.tls = { mode: mode as 'system' | 'insecure' };
  return change;
}
