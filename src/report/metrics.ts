import type { MetricBody } from '../contract/reports.ts';
import { callMetrics } from './call-metrics.ts';
import { disagreementMetrics } from './disagreement-metrics.ts';
import type { Metric } from './metric.ts';
import { moneyMetrics } from './money-metrics.ts';
import { qualityMetrics } from './quality-metrics.ts';

/**
 * Every metric, each defined in one place; docs/reports.md is generated from this list. A value is null where nothing
 * is known: nothing to divide by, or no call that carries the amount. Test calls never count.
 */
export const metrics: Metric[] = [...callMetrics, ...qualityMetrics, ...moneyMetrics, ...disagreementMetrics];

/** The definitions alone, as they cross the wire. */
export const metricDefinitions: MetricBody[] = metrics.map(
  ({ value: _, rate: __, known: ___, ...definition }) => definition,
);
