import type { MetricBody } from '../contract/reports.ts';
import { metricDefinitions } from './metrics.ts';
import { otherFigures } from './other-figures.ts';

/** Every figure of every report with its definition; docs/reports.md lists them. */
export const allDefinitions: MetricBody[] = [...metricDefinitions, ...otherFigures];

const byId = new Map(allDefinitions.map((definition) => [definition.id, definition]));

/** The definitions that a report sends along, in the order of its columns. */
export function definitionsOf(...ids: string[]): MetricBody[] {
  return ids.map((id) => {
    const found = byId.get(id);
    if (!found) throw new Error(`no definition of ${id}`);
    return found;
  });
}
