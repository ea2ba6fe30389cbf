import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { type Change, changeSince } from '../../format/change.ts';
import { formatMetric, formatRate } from '../../format/metric.ts';
import { tileMetrics } from './metric-choice.ts';
import { Tile, TileSkeleton } from './tile.tsx';

const grid =
  'grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-3 xl:grid-cols-6';

/** The period before had no such calls: no share says how far it moved. */
const fromNone: Change = { text: 'was none', direction: 'same' };

/** The numbers that answer first. */
export function Tiles({ report, currency }: { report: BreakdownBody; currency: string | null }) {
  return (
    <section aria-label="Key figures" className={grid}>
      {tileMetrics.map(({ id, rate }) => {
        const metric = report.metrics.find((candidate) => candidate.id === id);
        if (!metric) return null;
        const value = report.total[id];
        const share = report.metrics.find((candidate) => candidate.id === rate);
        return (
          <Tile
            key={id}
            metric={metric}
            value={formatMetric(value, metric.unit, currency)}
            share={share ? formatRate(report.total[share.id], share) : null}
            change={
              changeSince(value, report.previous_total?.[id], metric.unit) ??
              (report.previous_total && value != null ? fromNone : null)
            }
          />
        );
      })}
    </section>
  );
}

/** The place of {@link Tiles} on their way. */
export function TilesSkeleton() {
  return (
    <div role="status" className={grid}>
      {tileMetrics.map(({ id }) => (
        <TileSkeleton key={id} />
      ))}
      <span className="sr-only">Loading the figures…</span>
    </div>
  );
}
