import type { MetricBody } from '../contract/reports.ts';

/** A definition with its denominator, in one line; what follows the metric's name wherever text is all there is. */
export function definitionText({ definition, denominator }: MetricBody): string {
  return denominator ? `${definition} Out of: ${denominator}.` : definition;
}
