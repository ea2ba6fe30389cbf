import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { RescoreBody, RescoredCallBody, RescoreSummaryBody } from '../../../../src/contract/rescores.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatCounted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { disagreementWords, humanize } from '../../words.ts';
import { judgedBy, RescoreState } from './rescores.tsx';

const route = getRouteApi('/app/rescores/$id');
const moving = new Set(['waiting', 'running', 'publishing']);

/** One rescore: how far it is, what it would change in calls and money, and the decision. */
export function Rescore() {
  const { id } = route.useParams();
  const rescore = useQuery({
    ...apiQuery('getRescore', { params: { id } }),
    refetchInterval: ({ state }) => (state.data && moving.has(state.data.state) ? 1_000 : false),
  });
  if (rescore.error) return <ErrorBox error={rescore.error} onRetry={() => rescore.refetch()} />;
  if (!rescore.data) return <SkeletonRows label="Loading the rescore" />;
  const { summary } = rescore.data;
  return (
    <>
      <PageHeader
        title="Judged again"
        lead={`By ${judgedBy(rescore.data)}, judge ${rescore.data.judge}, started by ${rescore.data.created_by}`}
        actions={<RescoreState state={rescore.data.state} />}
      />
      <div className="flex flex-col gap-4">
        <Progress rescore={rescore.data} />
        {summary ? <Summary summary={summary} /> : null}
        {summary && summary.changed > 0 ? <Calls id={id} /> : null}
      </div>
    </>
  );
}

function Progress({ rescore }: { rescore: RescoreBody & { summary: RescoreSummaryBody | null } }) {
  const mayWrite = useMayWrite();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: 'publish' | 'drop' | 'resume') =>
      api('decideRescore', { params: { id: rescore.id }, body: { decision } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getRescore'] }),
  });
  const { state, done, total, summary } = rescore;
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-3 p-4 text-sm">
        <p role="status" className="min-w-0 text-pretty">
          {moving.has(state)
            ? `${state === 'publishing' ? 'Publishing' : 'Judging'}: ${formatCount(done)} of ${total === null ? 'some calls' : formatCounted(total, 'call')}`
            : null}
          {state === 'ready' && summary
            ? `${formatCounted(summary.judged, 'call')} judged; ${formatCount(summary.changed)} would change. Nothing is changed yet.`
            : null}
          {state === 'published' && summary
            ? `Published: ${formatCounted(summary.changed, 'call')} changed.`
            : null}
          {state === 'dropped' ? 'Dropped: nothing was changed.' : null}
          {state === 'failed' ? rescore.detail : null}
          {moving.has(state) && rescore.detail ? `. ${rescore.detail}` : null}
        </p>
        {total !== null && moving.has(state) ? (
          <progress aria-label="Progress" max={Math.max(1, total)} value={done} className="w-48" />
        ) : null}
        {mayWrite ? (
          <div className="ml-auto flex gap-2">
            {state === 'ready' ? (
              <Button look="primary" disabled={decide.isPending} onClick={() => decide.mutate('publish')}>
                Publish
              </Button>
            ) : null}
            {state === 'failed' || rescore.due_at ? (
              <Button disabled={decide.isPending} onClick={() => decide.mutate('resume')}>
                Go on
              </Button>
            ) : null}
            {['ready', 'waiting', 'running', 'failed'].includes(state) ? (
              <Button look="danger" disabled={decide.isPending} onClick={() => decide.mutate('drop')}>
                Drop
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {decide.error ? <ErrorBox error={decide.error} /> : null}
    </Card>
  );
}

function Summary({ summary }: { summary: RescoreSummaryBody }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="What changes">
        {summary.changes.length === 0 ? <p className="p-4 text-ink-2 text-sm">No outcome changes.</p> : null}
        <ul className="divide-y divide-line text-sm">
          {summary.changes.map(({ field, before, after, calls }) => (
            <li key={`${field}${before}${after}`} className="flex justify-between gap-3 px-4 py-2">
              <span>
                {humanize(field)}: {before === null ? 'Not scored' : humanize(before)} → {humanize(after)}
              </span>
              <span className="font-medium tabular-nums">{formatCount(calls)}</span>
            </li>
          ))}
          {summary.skipped.map(({ why, calls }) => (
            <li key={why} className="flex justify-between gap-3 px-4 py-2 text-ink-2">
              <span className="min-w-0 text-pretty">Left out: {why}</span>
              <span className="tabular-nums">{formatCount(calls)}</span>
            </li>
          ))}
        </ul>
      </Card>
      {summary.money.map((money) => (
        <Card key={money.currency} title={`Money, ${money.currency}`}>
          <Table label={`Money, ${money.currency}`}>
            <thead>
              <tr>
                <Th>Disagreement</Th>
                <Th className="text-right">Before</Th>
                <Th className="text-right">After</Th>
              </tr>
            </thead>
            <tbody>
              {money.disagreements.map(({ kind, before, after, estimated }) => (
                <tr key={kind} className={rowLook}>
                  <Td>
                    {disagreementWords[kind]}
                    {estimated ? <span className="text-ink-3"> (estimate)</span> : null}
                  </Td>
                  <Td className={numberLook}>
                    {formatCount(before.calls)} · {formatMoney(before.money, money.currency)}
                  </Td>
                  <Td className={numberLook}>
                    {formatCount(after.calls)} · {formatMoney(after.money, money.currency)}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
          <p className="px-4 py-3 text-ink-2 text-sm">
            No longer billable: {formatCounted(money.no_longer_billable.calls, 'call')} with{' '}
            {formatMoney(money.no_longer_billable.money, money.currency)} revenue. Newly billable:{' '}
            {formatCounted(money.newly_billable.calls, 'call')}.
          </p>
        </Card>
      ))}
    </div>
  );
}

function Calls({ id }: { id: string }) {
  const calls = useQuery(apiQuery('listRescoredCalls', { params: { id }, query: { limit: 200 } }));
  if (!calls.data) return null;
  return (
    <Card title="Calls that change" hint={calls.data.next ? `the first ${calls.data.items.length}` : null}>
      <Table label="Calls that change">
        <thead>
          <tr>
            <Th>Call</Th>
            <Th>Buyer</Th>
            <Th className="text-right">Revenue</Th>
            <Th>Before</Th>
            <Th>After</Th>
          </tr>
        </thead>
        <tbody>
          {calls.data.items.map((call) => (
            <tr key={call.call_id} className={rowLook}>
              <Td className="whitespace-nowrap">
                <Link
                  to="/calls/$id"
                  params={{ id: call.call_id }}
                  className="font-medium text-accent-ink hover:underline"
                >
                  {call.call_instance_id}
                </Link>
              </Td>
              <Td>{call.buyer_name ?? '—'}</Td>
              <Td className={numberLook}>{formatMoney(call.revenue, call.currency)}</Td>
              <Td>{shortOutcome(call.before)}</Td>
              <Td title={call.after?.explanation}>{shortOutcome(call.after)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function shortOutcome(outcome: RescoredCallBody['before']): string {
  if (!outcome) return 'Not scored';
  const why = outcome.reason ? ` (${humanize(outcome.reason)})` : '';
  return `${humanize(outcome.prospect)}${why}, ${humanize(outcome.result)}, billable ${outcome.billable}`;
}
