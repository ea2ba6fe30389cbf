/**
 * Writes docs/reports.md from the definitions in src/report/metrics.ts.
 * `node scripts/reports-doc.ts` writes it; with `--check` it only tells whether the page is up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { renderReportsPage } from '../src/report/reports-page.ts';

const path = new URL('../docs/reports.md', import.meta.url);
const wanted = renderReportsPage();

if (process.argv.includes('--check')) {
  const found = await readFile(path, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error('docs/reports.md is out of date: run node scripts/reports-doc.ts');
    process.exitCode = 1;
  }
} else {
  await writeFile(path, wanted);
}
