import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { BreakdownBody, MetricBody } from '../../../../src/contract/reports.ts';
import { formatCount } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { cn } from '../../parts/class-names.ts';
import { MetricDefinition } from '../../parts/metric-definition.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { Tooltip } from '../../parts/tooltip.tsx';
import { humanize } from '../../words.ts';
import type { CallsSearch } from '../calls/calls-search.ts';
import { orderRows } from '../overview/breakdown-order.ts';
import { ReportCell } from './report-cell.tsx';

type Props = {
  report: BreakdownBody;
  metrics: MetricBody[];
  currency: string | null;
  /** A metric, or null: in the report's own order. */
  sort: string | null;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
  /** The list of the calls that a row counts; null where no filter says it. */
  callsOf: (row: BreakdownBody['rows'][number]) => CallsSearch | null;
};

const headLook =
  'h-11 max-w-56 truncate border-line border-b bg-surface pr-3 pl-4 text-left font-medium sm:max-w-72';

const linkLook = 'inline-flex min-h-[24px] items-center hover:text-accent-ink hover:underline';

/** A report with one or two dimensions: definitions on the headings, certainty under the rates, the total last. */
export function ReportTable({ report, metrics, currency, sort, direction, onSort, callsOf }: Props) {
  const rows = sort ? orderRows(report.rows, sort, direction) : report.rows;
  const compared = report.previous_period !== null;
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  const total = {
    values: report.total,
    rates: report.total_rates,
    known: report.total_known,
    previous: report.previous_total,
  };
  return (
    <Table label={`By ${report.by}${report.then_by ? ` and ${report.then_by}` : ''}`}>
      <thead>
        <tr>
          <Th className="sticky left-0 bg-surface">
            {nameOf(report.by)}
            {report.then_by ? (
              <span className="sm:hidden">, {nameOf(report.then_by).toLowerCase()}</span>
            ) : null}
          </Th>
          {report.then_by ? <Th className="max-sm:hidden">{nameOf(report.then_by)}</Th> : null}
          {metrics.map((metric) => (
            <Th
              key={metric.id}
              className="text-right"
              aria-sort={sort === metric.id ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
            >
              <Tooltip text={<MetricDefinition metric={metric} />}>
                {(target) => (
                  <button
                    {...target}
                    type="button"
                    onClick={() => onSort(metric.id)}
                    className={cn(
                      'inline-flex h-[24px] items-center gap-1 hover:text-ink',
                      sort === metric.id && 'text-ink',
                    )}
                  >
                    {metric.label}
                    {sort === metric.id ? <Arrow aria-hidden className="size-3" /> : null}
                  </button>
                )}
              </Tooltip>
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const calls = callsOf(row);
          return (
            <tr key={JSON.stringify([row.key, row.second?.key])} className={rowLook}>
              <th scope="row" className={cn(headLook, 'sticky left-0')}>
                {calls ? (
                  <Link to="/calls" search={calls} className={linkLook}>
                    {row.label}
                  </Link>
                ) : (
                  row.label
                )}{' '}
                {row.is_new ? (
                  <span title={`Fewer than ${report.new_below} calls: its rates say little yet`}>
                    <Badge tone="neutral">new</Badge>
                  </span>
                ) : null}
                {row.second ? (
                  <span className="block truncate font-normal text-ink-2 text-xs sm:hidden">
                    {row.second.label}
                  </span>
                ) : null}
              </th>
              {row.second ? <Td className="max-w-56 truncate max-sm:hidden">{row.second.label}</Td> : null}
              {metrics.map((metric) => (
                <Td key={metric.id} className={cn(numberLook, 'py-1.5')}>
                  <ReportCell {...{ row, metric, currency, compared }} />
                </Td>
              ))}
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th scope="row" className={cn(headLook, 'sticky left-0 border-t border-b-0')}>
            All
            {report.omitted_rows ? (
              <span className="ml-2 font-normal text-ink-3 text-xs">
                with {formatCount(report.omitted_rows)} more not listed
              </span>
            ) : null}
          </th>
          {report.then_by ? <Td className="border-t border-b-0 max-sm:hidden" /> : null}
          {metrics.map((metric) => (
            <Td key={metric.id} className={cn(numberLook, 'border-t border-b-0 py-1.5')}>
              <ReportCell {...{ row: total, metric, currency, compared }} />
            </Td>
          ))}
        </tr>
      </tfoot>
    </Table>
  );
}

/** `extra.team` is the sender's `team`. */
function nameOf(dimension: string): string {
  return dimension.startsWith('extra.') ? dimension.slice('extra.'.length) : humanize(dimension);
}
