import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metrics } from './metrics.ts';
import { renderReportsPage } from './reports-page.ts';

test('docs/reports.md says what the code does (else: node scripts/reports-doc.ts)', () => {
  const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
  expect(page).toBe(renderReportsPage());
});

test('every metric has its own id and label, a definition, and a denominator where it is a ratio', () => {
  for (const field of ['id', 'label'] as const) {
    expect(new Set(metrics.map((metric) => metric[field])).size).toBe(metrics.length);
  }
  for (const { id, unit, definition, denominator } of metrics) {
    expect(definition, id).toMatch(/\.$/);
    const isRatio = unit !== 'count' && (unit !== 'money' || /^(rpc_|epc)/.test(id));
    expect(denominator !== null, id).toBe(isRatio);
  }
});
