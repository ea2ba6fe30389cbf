import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MetricBody } from '../../../../src/contract/reports.ts';
import type { Change } from '../../format/change.ts';
import { MetricDefinition } from '../../parts/metric-definition.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Tooltip } from '../../parts/tooltip.tsx';

/** One number with its change; its definition on hover and focus. */
export function Tile({
  metric,
  value,
  share,
  change,
}: {
  metric: MetricBody;
  value: string;
  share: string | null;
  change: Change | null;
}) {
  const Arrow = change?.direction === 'down' ? ArrowDown : ArrowUp;
  return (
    <Tooltip text={<MetricDefinition metric={metric} />}>
      {(target) => (
        <button
          {...target}
          type="button"
          className="flex min-w-0 cursor-help flex-col items-start bg-surface px-4 py-3.5 text-left hover:bg-sunken/60 focus-visible:-outline-offset-2"
        >
          <span className="w-full truncate text-ink-2 text-xs">{metric.label}</span>
          <span className="mt-1 w-full truncate font-semibold text-[1.4rem] leading-8 tracking-tight">
            {value}
          </span>
          <span className="mt-0.5 flex min-h-4 w-full flex-wrap items-center gap-x-1.5 text-ink-3 text-xs">
            {change ? (
              <span className="inline-flex items-center gap-0.5 font-medium text-ink-2">
                {change.direction === 'same' ? null : (
                  <Arrow aria-label={change.direction} className="size-3" />
                )}
                {change.text}
              </span>
            ) : null}
            {share ? <span>{share}</span> : null}
          </span>
        </button>
      )}
    </Tooltip>
  );
}

/** The place of a {@link Tile} on its way. */
export function TileSkeleton() {
  return (
    <div className="flex flex-col gap-2 bg-surface px-4 py-4">
      <Skeleton className="h-3 w-16" />
      <Skeleton className="h-7 w-24" />
      <Skeleton className="h-3 w-12" />
    </div>
  );
}
