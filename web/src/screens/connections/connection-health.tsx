import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ConnectionHealthBody } from '../../../../src/contract/connection-health.ts';
import { apiQuery } from '../../api-query.ts';
import { formatDecimal, formatShare, unknown } from '../../format/number.ts';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';

/** Whether the connection sends as it usually does, and what to do where it does not. */
export function ConnectionHealth({ connectionId }: { connectionId: string }) {
  const health = useQuery({
    ...apiQuery('getConnectionHealth', { params: { id: connectionId } }),
    refetchInterval: 30_000,
  });
  if (health.data?.verdict === 'new') return null;
  return (
    <Card title="Health">
      {health.isPending ? <SkeletonRows rows={3} label="Loading the health" /> : null}
      {health.error ? <ErrorBox error={health.error} onRetry={() => health.refetch()} /> : null}
      {health.data ? <Findings health={health.data} /> : null}
    </Card>
  );
}

function Findings({ health }: { health: ConnectionHealthBody }) {
  return (
    <>
      <ul className="flex flex-col gap-2 px-4 py-3 text-sm">
        {health.advice.map(({ code, message }) => (
          <li key={code} className="flex gap-2 text-pretty">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            {message}
          </li>
        ))}
        {health.advice.length === 0 ? (
          <li className="flex gap-2">
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
            Nothing to do: it sends as usual, and its values can be read.
          </li>
        ) : null}
      </ul>
      <dl className="grid gap-x-6 border-line border-t px-4 py-2 text-sm sm:grid-cols-2">
        {measures(health).map(([term, value]) => (
          <div key={term} className="flex flex-wrap justify-between gap-x-3 py-1">
            <dt className="text-ink-2">{term}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function measures(health: ConnectionHealthBody) {
  const { silence, time_zone: zone, recordings } = health;
  const worst = health.unresolved_tokens[0];
  return [
    ['Last event from the platform', <When key="last" at={health.last_event_at} ago />],
    ['Usual gap', formatGap(silence.usual_gap_seconds)],
    ['Expected since then', formatDecimal(silence.expected_events)],
    ['call_date to arrival', formatGap(zone.drift_seconds)],
    ['Unreplaced tokens, 24 h', worst ? `${worst.field} ${formatShare(worst.day)}` : 'none'],
    ['Unreplaced tokens, 7 days', worst ? `${worst.field} ${formatShare(worst.week)}` : 'none'],
    ['Recordings failing', `${formatShare(recordings.failing)}`],
    ['Events looked at, 7 days', formatDecimal(health.events.week)],
  ] as const;
}

function formatGap(seconds: number | null): string {
  if (seconds === null) return unknown;
  const size = Math.abs(seconds);
  if (size < 90) return `${formatDecimal(seconds)} s`;
  if (size < 5_400) return `${formatDecimal(seconds / 60)} min`;
  return size < 172_800 ? `${formatDecimal(seconds / 3_600)} h` : `${formatDecimal(seconds / 86_400)} days`;
}
