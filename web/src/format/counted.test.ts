import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const pages = join(import.meta.dirname, '..');
/** A number as it stands, then a word in the plural: wrong for one, for which there is formatCounted. */
const slip =
  /(?:formatCount\([^()]*(?:\([^()]*\))?[^()]*\)|\.length|\b\w+_count)\}\s+(?:[a-z]+ )?[a-z]+s\b(?!=)/;

test('no text of a page says "1 rows"', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: pages }).filter((file) => !file.endsWith('.test.ts'));
  const found = files.flatMap((file) => {
    const text = readFileSync(join(pages, file), 'utf8');
    const [match] = slip.exec(text) ?? [];
    return match ? [`${file}: ${match}`] : [];
  });
  expect(found).toEqual([]);
});

test('a slip would be seen', () => {
  expect('Download {formatCount(task.data.rows_done)} rows').toMatch(slip);
  expect('… and {formatCount(left)} more calls.').toMatch(slip);
  expect("{formatCounted(shown, 'call')} shown").not.toMatch(slip);
});
