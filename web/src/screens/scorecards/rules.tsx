import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import type { ScorecardRuleBody } from '../../../../src/contract/scorecards.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';

/** Which calls are judged by which scorecard: ordered rules, the first that fits decides. */
export function Rules() {
  const mayWrite = useMayWrite();
  const client = useQueryClient();
  const rules = useQuery(apiQuery('getScorecardRules', {}));
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  const save = useMutation({
    mutationFn: (wanted: ScorecardRuleBody[]) => api('putScorecardRules', { body: { rules: wanted } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getScorecardRules'] }),
  });
  const all = rules.data?.rules ?? [];
  const nameOf = (id: string) => connections.data?.items.find((one) => one.id === id)?.name ?? id;

  function move(from: number, to: number): void {
    const rule = all[from];
    if (rule) save.mutate(all.toSpliced(from, 1).toSpliced(to, 0, rule));
  }

  return (
    <div className="flex flex-col gap-4 p-4 text-sm">
      <ol className="divide-y divide-line rounded-lg border border-line empty:hidden">
        {all.map((rule, at) => (
          <li key={JSON.stringify(rule)} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <span className="text-ink-3">{at + 1}.</span>
            <span className="min-w-0 text-pretty">
              {describe(rule, nameOf)} → <strong>{rule.scorecard}</strong>
              {rule.version ? ` ${rule.version}` : ''}
              {rule.note ? <span className="text-ink-3"> {rule.note}</span> : null}
            </span>
            {mayWrite ? (
              <span className="ml-auto flex gap-1">
                <Button
                  size="icon"
                  look="quiet"
                  aria-label={`Move rule ${at + 1} up`}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="icon"
                  look="quiet"
                  aria-label={`Move rule ${at + 1} down`}
                  disabled={at === all.length - 1}
                  onClick={() => move(at, at + 1)}
                >
                  <ArrowDown aria-hidden />
                </Button>
                <Button
                  size="icon"
                  look="quiet"
                  aria-label={`Remove rule ${at + 1}`}
                  onClick={() => save.mutate(all.toSpliced(at, 1))}
                >
                  <Trash2 aria-hidden />
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <p className="text-pretty text-ink-2">
        The first rule that fits decides. Where none fits: the scorecard of the connection, then the one that
        answers to the call’s vertical.
      </p>
      {rules.error ? <ErrorBox error={rules.error} className="m-0" /> : null}
      {save.error ? <ErrorBox error={save.error} className="m-0" /> : null}
      {mayWrite ? (
        <NewRule connections={connections.data?.items ?? []} onAdd={(rule) => save.mutate([...all, rule])} />
      ) : null}
    </div>
  );
}

function describe(
  { connection_id, vertical, buyer_name, campaign_name }: ScorecardRuleBody,
  nameOf: (id: string) => string,
): string {
  const parts = [
    connection_id && `connection ${nameOf(connection_id)}`,
    vertical && `vertical ${vertical}`,
    buyer_name && `buyer ${buyer_name}`,
    campaign_name && `campaign ${campaign_name}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'every call';
}

function NewRule({
  connections,
  onAdd,
}: {
  connections: readonly { id: string; name: string }[];
  onAdd: (rule: ScorecardRuleBody) => void;
}) {
  const scorecards = useQuery(apiQuery('listScorecards', {}));
  const choices = (scorecards.data?.items ?? []).flatMap(({ id, versions }) => [
    { value: id, label: `${id}, newest version` },
    ...versions
      .filter(({ state }) => state === 'published')
      .map(({ version }) => ({ value: `${id}@${version}`, label: `${id} ${version}` })),
  ]);
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const [scorecard = '', version = null] = String(form.get('scorecard')).split('@');
    onAdd({
      connection_id: text('connection'),
      vertical: text('vertical'),
      buyer_name: text('buyer'),
      campaign_name: text('campaign'),
      scorecard,
      version,
      note: text('note') ?? '',
    });
    event.currentTarget.reset();
  }
  return (
    <form
      onSubmit={onSubmit}
      className="grid gap-3 rounded-lg border border-line p-4 sm:grid-cols-2 lg:grid-cols-3"
    >
      <SelectField
        label="Connection"
        name="connection"
        options={[
          { value: '', label: 'Any' },
          ...connections.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <TextField label="Vertical" name="vertical" placeholder="Any" />
      <TextField label="Buyer" name="buyer" placeholder="Any" />
      <TextField label="Campaign" name="campaign" placeholder="Any" />
      <SelectField label="Is judged by" name="scorecard" options={choices} />
      <TextField label="Note" name="note" />
      <div>
        <Button type="submit" look="primary" disabled={choices.length === 0}>
          Add rule
        </Button>
      </div>
    </form>
  );
}
