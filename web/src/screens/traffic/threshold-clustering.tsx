import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { type ApiInput, api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatInterval, formatPercent } from '../../format/metric.ts';
import { formatCount, formatCounted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { TextField } from '../../parts/field.tsx';
import { DefinedTh } from '../../parts/metric-definition.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';

type Query = NonNullable<ApiInput<'getThresholdClustering'>['query']>;

/** Calls that end just around the moment from which they are paid, by publisher. */
export function ThresholdClustering({
  query,
  onWithin,
}: {
  query: Query;
  /** Other seconds around that moment. */
  onWithin: (seconds: number) => void;
}) {
  const mayWrite = useMayWrite();
  const found = useQuery({
    ...apiQuery('getThresholdClustering', { query }),
    placeholderData: keepPreviousData,
  });
  if (found.error) return <ErrorBox className="mx-0" error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <SkeletonRows label="Loading the report" />;
  const { rows, total, unknown, within_seconds, metrics } = found.data;
  return (
    <div className="flex flex-col gap-4">
      <Card
        title={`Within ${within_seconds} s of the payable duration`}
        hint={`${formatCount(total.within)} of ${formatCounted(total.connected, 'connected call')}: ${formatPercent(total.share)}`}
        actions={<WithinChoice value={within_seconds} onChange={onWithin} />}
      >
        <Table label="By publisher">
          <thead>
            <tr>
              <Th>Publisher</Th>
              <DefinedTh of={metrics} id="threshold_connected">
                Connected
              </DefinedTh>
              <DefinedTh of={metrics} id="threshold_within">
                Within
              </DefinedTh>
              <DefinedTh of={metrics} id="threshold_share">
                Share
              </DefinedTh>
              <Th className="text-right">95 % interval</Th>
              <DefinedTh of={metrics} id="threshold_just_below">
                Just below
              </DefinedTh>
              <DefinedTh of={metrics} id="payable_seconds">
                Payable from
              </DefinedTh>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.publisher_name} className={rowLook}>
                <th scope="row" className="h-11 border-line border-b pl-4 text-left font-medium">
                  {row.publisher_name ?? '(none)'}
                </th>
                <Td className={numberLook}>{formatCount(row.connected)}</Td>
                <Td className={numberLook}>{formatCount(row.within)}</Td>
                <Td className={numberLook}>{formatPercent(row.share)}</Td>
                <Td className={numberLook}>{formatInterval(row)}</Td>
                <Td className={numberLook}>{formatCount(row.just_below)}</Td>
                <Td className={numberLook}>{row.payable_seconds.map((s) => `${s} s`).join(', ')}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
        {rows.length === 0 ? (
          <p className="px-4 py-6 text-ink-2 text-sm">
            None of these calls is connected and has a known payable duration. Set one below, or drop a
            filter.
          </p>
        ) : null}
        {unknown > 0 ? (
          <p className="border-line border-t px-4 py-2.5 text-ink-2 text-sm">
            {formatCounted(unknown, 'connected call')} without a known payable duration, not counted.
          </p>
        ) : null}
      </Card>
      {mayWrite ? <PayableDurations /> : null}
    </div>
  );
}

/** The usual choices, and what the address asks for. */
function WithinChoice({ value, onChange }: { value: number; onChange: (seconds: number) => void }) {
  const choices = [...new Set([2, 5, 10, 30, value])].sort((a, b) => a - b);
  return (
    <label className="inline-flex items-center gap-1.5 text-ink-2 text-xs">
      Within
      <select
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-8 rounded-md border border-line-strong/60 bg-surface px-2 font-medium text-xs hover:border-line-strong"
      >
        {choices.map((seconds) => (
          <option key={seconds} value={seconds}>
            {seconds} s
          </option>
        ))}
      </select>
    </label>
  );
}

function PayableDurations() {
  const client = useQueryClient();
  const durations = useQuery(apiQuery('listPayableDurations', {}));
  const set = useMutation({
    mutationFn: (body: {
      connection_id: string | null;
      campaign_name: string | null;
      seconds: number | null;
    }) => api('putPayableDuration', { body }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['listPayableDurations'] });
      client.invalidateQueries({ queryKey: ['getThresholdClustering'] });
    },
  });
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const campaign = String(form.get('campaign')).trim();
    set.mutate({
      connection_id: null,
      campaign_name: campaign || null,
      seconds: Number(form.get('seconds')),
    });
  }
  return (
    <Card
      title="Payable durations"
      hint="the most particular one applies; else that of the scorecard's rules"
    >
      <ul className="divide-y divide-line">
        {durations.data?.items.map((item) => (
          <li
            key={`${item.connection_id} ${item.campaign_name}`}
            className="flex min-h-11 items-center gap-3 px-4 text-sm"
          >
            <span>
              {item.campaign_name ?? 'All campaigns'}
              {item.connection_id ? ` of ${item.connection_id}` : ''}
            </span>
            <span className="ml-auto">{item.seconds} s</span>
            <Button size="small" onClick={() => set.mutate({ ...item, seconds: null })}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={onSubmit}
        className="grid items-end gap-3 border-line border-t p-4 sm:grid-cols-[1fr_8rem_auto]"
      >
        <TextField label="Campaign" name="campaign" placeholder="all" autoComplete="off" />
        <TextField label="Seconds" name="seconds" type="number" min={1} max={86400} required />
        <Button type="submit" disabled={set.isPending}>
          Set
        </Button>
        {set.error ? <ErrorBox className="mx-0 sm:col-span-3" error={set.error} /> : null}
      </form>
    </Card>
  );
}
