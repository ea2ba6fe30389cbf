import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { extraName } from '../../../../src/domain/mapping.ts';
import { formatMetric } from '../../format/metric.ts';
import { formatCount } from '../../format/number.ts';
import { cn } from '../../parts/class-names.ts';
import { KnownOf } from '../../parts/known-of.tsx';
import { MetricDefinition } from '../../parts/metric-definition.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { Tooltip, type TooltipTarget } from '../../parts/tooltip.tsx';
import type { PeriodSearch } from '../../period/period.ts';
import { humanize } from '../../words.ts';
import type { CallsFilter, CallsSearch } from '../calls/calls-search.ts';
import { orderRows } from './breakdown-order.ts';
import { tableMetrics } from './metric-choice.ts';
import type { Grouping, groupings } from './overview-search.ts';

/** Which filter of the list of calls a row stands for. */
const filters: Record<(typeof groupings)[number], CallsFilter> = {
  publisher: 'publisher_name',
  buyer: 'buyer_name',
  campaign: 'campaign_name',
  vertical: 'vertical',
  state: 'inbound_number_state',
  connection: 'connection_id',
};

function filterFor(grouping: Grouping, value: string): Partial<CallsSearch> {
  const own = extraName(grouping);
  if (own !== null) return { extra: `${own}=${value}` };
  return { [filters[grouping as (typeof groupings)[number]]]: value } as Partial<CallsSearch>;
}

type Props = {
  report: BreakdownBody;
  grouping: Grouping;
  currency: string | null;
  period: PeriodSearch;
  sort: string;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
};

/** One row per publisher, buyer …; each leads to its calls. */
export function BreakdownTable({ report, grouping, currency, period, sort, direction, onSort }: Props) {
  const columns = tableMetrics.flatMap(({ id, heading, wrong = false }) => {
    const metric = report.metrics.find((candidate) => candidate.id === id);
    return metric ? [{ metric, heading: heading ?? metric.label, wrong }] : [];
  });
  const rows = orderRows(report.rows, sort, direction);
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  const ariaSort = (id: string) =>
    sort === id ? (direction === 'asc' ? 'ascending' : 'descending') : undefined;
  const heading = (id: string, label: string, target?: TooltipTarget) => (
    <button
      {...target}
      type="button"
      onClick={() => onSort(id)}
      className={cn('inline-flex h-[24px] items-center gap-1 hover:text-ink', sort === id && 'text-ink')}
    >
      {label}
      {sort === id ? <Arrow aria-hidden className="size-3" /> : null}
    </button>
  );

  return (
    <Table label={`By ${extraName(grouping) ?? grouping}`}>
      <thead>
        <tr>
          <Th aria-sort={ariaSort('label')} className="sticky left-0 bg-surface">
            {heading('label', extraName(grouping) ?? humanize(grouping))}
          </Th>
          {columns.map(({ metric, heading: text }) => (
            <Th key={metric.id} aria-sort={ariaSort(metric.id)} className="text-right">
              <Tooltip text={<MetricDefinition metric={metric} />}>
                {(target) => heading(metric.id, text, target)}
              </Tooltip>
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key ?? ''} className={cn(rowLook, 'group')}>
            <th
              scope="row"
              className="sticky left-0 h-11 max-w-56 truncate border-line border-b bg-surface pr-3 pl-4 text-left font-medium group-hover:bg-sunken sm:max-w-80"
            >
              {/* a name that is unknown is filtered by its label, `(none)` */}
              <Link
                to="/calls"
                search={{ ...period, ...filterFor(grouping, row.key ?? row.label) }}
                className="inline-flex min-h-[24px] items-center hover:text-accent-ink hover:underline"
              >
                {row.label}
              </Link>
            </th>
            {columns.map(({ metric, wrong }) => {
              const value = row.values[metric.id];
              return (
                <Td key={metric.id} className={cn(numberLook, wrong && Number(value) > 0 && 'text-bad')}>
                  {formatMetric(value, metric.unit, currency)}
                  <KnownOf known={row.known[metric.id]} />
                </Td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th
            scope="row"
            className="sticky left-0 h-11 rounded-bl-xl border-line border-t bg-surface pl-4 text-left"
          >
            All
            {report.omitted_rows ? (
              <span className="ml-2 font-normal text-ink-3 text-xs">
                with {formatCount(report.omitted_rows)} more not listed
              </span>
            ) : null}
          </th>
          {columns.map(({ metric }) => (
            <Td key={metric.id} className={cn(numberLook, 'border-t border-b-0')}>
              {formatMetric(report.total[metric.id], metric.unit, currency)}
              <KnownOf known={report.total_known[metric.id]} />
            </Td>
          ))}
        </tr>
      </tfoot>
    </Table>
  );
}
