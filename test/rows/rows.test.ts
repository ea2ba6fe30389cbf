import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rows } from './rows.ts';

const root = join(import.meta.dirname, '../..');
const named = /(['"`])rows? (\d+(?:(?:, |-)\d+)*): /g;

/** `35, 36` and `15-17` as single numbers. */
function expand(list: string): number[] {
  return list.split(', ').flatMap((part) => {
    const [from, to] = part.split('-').map(Number) as [number, number | undefined];
    return Array.from({ length: (to ?? from) - from + 1 }, (_, index) => from + index);
  });
}

function testFiles(): string[] {
  return ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(root, folder, name)),
  );
}

/** Numbers of the rows that a test names in its title: `row 92: …`, `rows 35, 36: …`. */
function testedRows(): Set<number> {
  return new Set(
    testFiles().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(named)].flatMap((match) => expand(match[2]!)),
    ),
  );
}

const decisions = ['0009-row-deviations.md', '0010-recording-fetching.md'];

/** Numbers of the rows that the decisions argue about; true: nothing to test. */
function deviatingRows(): Map<number, boolean> {
  const text = decisions.map((name) => readFileSync(join(root, 'docs/decisions', name), 'utf8')).join('\n');
  const lines = [...text.matchAll(/^\| (\d+) +\|(.*)\|$/gm)];
  return new Map(lines.map((line) => [Number(line[1]), line[2]!.includes('Not built')]));
}

const label = (row: number) => `${row} ${rows[row] ?? 'is no row'}`;

test('every row has a test that is named after it, or is argued not to be built', () => {
  const tested = testedRows();
  const deviating = deviatingRows();
  const missing = Object.keys(rows)
    .map(Number)
    .filter((row) => !tested.has(row) && deviating.get(row) !== true);
  expect(missing.map(label)).toEqual([]);
});

test('what is argued not to be built has no test that says otherwise, and every deviation is a row', () => {
  const tested = testedRows();
  const wrong = [...deviatingRows()].filter(
    ([row, notBuilt]) => rows[row] === undefined || (notBuilt && tested.has(row)),
  );
  expect(wrong.map(([row]) => label(row))).toEqual([]);
});
