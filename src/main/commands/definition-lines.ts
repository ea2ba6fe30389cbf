import type { MetricBody } from '../../contract/reports.ts';
import { definitionText } from '../../report/definition-text.ts';

/** What `--definitions` prints: each figure of a table and what it counts. */
export function definitionLines(metrics: MetricBody[]): string[] {
  return metrics.map((metric) => `${metric.label}: ${definitionText(metric)}`);
}
