import { useQuery } from '@tanstack/react-query';
import type { ApiInput } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatDecimal } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { DefinedTh } from '../../parts/metric-definition.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { humanize } from '../../words.ts';

/** Who has sent nothing for longer than is usual, by what the same hours of earlier weeks brought. */
export function SilentSources({ query }: { query: NonNullable<ApiInput<'getSilentSources'>['query']> }) {
  const found = useQuery({
    ...apiQuery('getSilentSources', { query }),
    refetchInterval: 60_000,
  });
  if (found.error) return <ErrorBox className="mx-0" error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <SkeletonRows label="Loading sources" />;
  return (
    <Card
      title="Sources"
      hint="silent ones first; those with fewer than 20 calls in six weeks have no rhythm"
    >
      <Table label="Sources">
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>State</Th>
            <DefinedTh of={found.data.metrics} id="silent_seconds">
              Last call
            </DefinedTh>
            <DefinedTh of={found.data.metrics} id="usual_gap_seconds">
              Usual gap
            </DefinedTh>
            <DefinedTh of={found.data.metrics} id="expected_calls">
              Expected since
            </DefinedTh>
          </tr>
        </thead>
        <tbody>
          {found.data.items.map((item) => (
            <tr key={`${item.source} ${item.key}`} className={rowLook}>
              <th scope="row" className="h-11 border-line border-b pl-4 text-left font-medium">
                {item.label} <span className="font-normal text-ink-3 text-xs">{humanize(item.source)}</span>
              </th>
              <Td>
                <Badge tone={item.exceeded ? 'bad' : 'good'}>{item.exceeded ? 'Silent' : 'As usual'}</Badge>
              </Td>
              <Td className={numberLook}>
                <When at={item.last_call_at} ago />
              </Td>
              <Td className={numberLook}>{inWords(item.usual_gap_seconds)}</Td>
              <Td className={numberLook}>
                {formatDecimal(item.expected_calls)} {item.expected_calls === 1 ? 'call' : 'calls'}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {found.data.items.length === 0 ? (
        <p className="px-4 py-6 text-ink-2 text-sm">
          {query.show === 'silent'
            ? 'No source is silent for longer than is usual for it.'
            : 'No source has sent enough calls yet to have a rhythm.'}
        </p>
      ) : null}
    </Card>
  );
}

function inWords(seconds: number | null): string {
  if (seconds === null) return '—';
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}
