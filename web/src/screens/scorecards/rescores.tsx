import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { RescoreBody } from '../../../../src/contract/rescores.ts';
import { type ApiInput, api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import type { Tone } from '../../words.ts';
import { humanize } from '../../words.ts';

const tones: Record<RescoreBody['state'], Tone> = {
  waiting: 'neutral',
  running: 'accent',
  ready: 'warn',
  publishing: 'accent',
  published: 'good',
  dropped: 'neutral',
  failed: 'bad',
};

/** The state of a rescore, as a word on a tinted ground. */
export function RescoreState({ state }: { state: RescoreBody['state'] }) {
  return <Badge tone={tones[state]}>{state === 'ready' ? 'Ready to publish' : humanize(state)}</Badge>;
}

/** What a rescore judges by. */
export function judgedBy({ scorecard, version, drafts }: RescoreBody): string {
  if (scorecard) return `${scorecard} ${version}`;
  return drafts ? 'the drafts' : 'each call’s own scorecard';
}

/** Past and running rescores, and a new one. */
export function Rescores() {
  const mayWrite = useMayWrite();
  const rescores = useQuery({ ...apiQuery('listRescores', {}), refetchInterval: 5_000 });
  return (
    <div className="flex flex-col gap-4 py-4">
      {mayWrite ? <NewRescore /> : null}
      {rescores.error ? <ErrorBox error={rescores.error} onRetry={() => rescores.refetch()} /> : null}
      {rescores.data && rescores.data.items.length > 0 ? (
        <Table label="Rescores">
          <thead>
            <tr>
              <Th>Started</Th>
              <Th>Calls</Th>
              <Th>Judged by</Th>
              <Th>Judge</Th>
              <Th>State</Th>
            </tr>
          </thead>
          <tbody>
            {rescores.data.items.map((rescore) => (
              <tr key={rescore.id} className={rowLook}>
                <Td>
                  <Link
                    to="/rescores/$id"
                    params={{ id: rescore.id }}
                    className="font-medium text-accent-ink hover:underline"
                  >
                    <When at={rescore.created_at} />
                  </Link>
                </Td>
                <Td>{rescore.total ?? '—'}</Td>
                <Td>{judgedBy(rescore)}</Td>
                <Td>{rescore.judge}</Td>
                <Td>
                  <RescoreState state={rescore.state} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  );
}

function NewRescore() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const scorecards = useQuery(apiQuery('listScorecards', {}));
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  const create = useMutation({
    mutationFn: (body: NonNullable<ApiInput<'createRescore'>['body']>) => api('createRescore', { body }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['listRescores'] });
      await navigate({ to: '/rescores/$id', params: { id } });
    },
  });
  const versions = (scorecards.data?.items ?? []).flatMap(({ id, versions: own }) =>
    own.map(({ version, state }) => ({ value: `${id}@${version}`, label: `${id} ${version} (${state})` })),
  );
  const hasDraft = (scorecards.data?.items ?? []).some(({ versions: own }) =>
    own.some(({ state }) => state === 'draft'),
  );

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '') || null;
    // whole days in the viewer's zone
    const day = (name: string, more: number) => {
      const value = text(name);
      if (value === null) return null;
      const date = new Date(`${value}T00:00:00`);
      date.setDate(date.getDate() + more);
      return date.toISOString();
    };
    create.mutate({
      from: day('from', 0),
      to: day('to', 1),
      connection_id: text('connection'),
      scorecard: text('scorecard'),
    });
  }

  return (
    <form onSubmit={onSubmit} className="mx-4 grid gap-3 rounded-lg border border-line p-4 sm:grid-cols-2">
      <TextField label="From day" name="from" type="date" />
      <TextField label="To day" name="to" type="date" />
      <SelectField
        label="Connection"
        name="connection"
        options={[
          { value: '', label: 'All' },
          ...(connections.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SelectField
        label="Judged by"
        name="scorecard"
        options={[
          { value: '', label: 'Each call’s own scorecard' },
          ...(hasDraft ? [{ value: 'draft', label: 'The drafts' }] : []),
          ...versions,
        ]}
      />
      <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
        <Button type="submit" look="primary" disabled={create.isPending}>
          Judge again
        </Button>
        <span className="text-pretty text-ink-2 text-xs">
          Results lie beside what stands. Nothing changes until you publish them.
        </span>
      </div>
      {create.error ? <ErrorBox error={create.error} className="m-0 sm:col-span-2" /> : null}
    </form>
  );
}
