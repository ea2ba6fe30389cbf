import { expect, test } from 'vitest';
import { metricDefinitions } from '../../src/report/metrics.ts';
import { metricSets } from '../../web/src/screens/reports/metric-sets.ts';

test('every metric can be shown, and nothing else', () => {
  const shown = new Set<string>(Object.values(metricSets).flatMap(({ ids }) => [...ids]));
  expect([...shown].sort()).toEqual(metricDefinitions.map(({ id }) => id).sort());
});
