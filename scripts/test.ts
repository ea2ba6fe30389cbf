import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: format, lint, types, freshness of generated files, then every test. Ends with one line
 * `N passed, N failed, N skipped`, in which each check counts as one.
 */
const checks: [name: string, command: string[]][] = [
  ['format and lint', ['biome', 'ci', '.']],
  ['types of the server', ['tsc']],
  ['types of the pages', ['tsc', '-p', 'web']],
  ['pages build', ['vite', 'build', 'web', '--logLevel', 'warn']],
  ['openapi.json is fresh', ['node', 'scripts/openapi.ts', '--check']],
  ['docs/reports.md is fresh', ['node', 'scripts/reports-doc.ts', '--check']],
  ['docs/operate.md is fresh', ['node', 'scripts/operate-doc.ts', '--check']],
];

let passed = 0;
let failed = 0;
let skipped = 0;

function run(command: string[]): boolean {
  const [file, ...args] = command;
  return spawnSync(file!, args, { stdio: 'inherit' }).status === 0;
}

for (const [name, command] of checks) {
  process.stdout.write(`\n── ${name}\n`);
  if (run(command)) passed++;
  else {
    failed++;
    process.stdout.write(`FAILED: ${name}\n`);
  }
}

const report = join(tmpdir(), `aria-tests-${process.pid}.json`);
const ran = run([
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed +=
    result.numFailedTests +
    (result.testResults as { status: string; assertionResults: unknown[] }[])
      // a file that does not even load has no assertions, yet it failed
      .filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  skipped += result.numPendingTests + result.numTodoTests;
} catch {
  failed++;
}
rmSync(report, { force: true });
if (!ran && failed === 0) failed++;

if (skipped > 0) process.stdout.write(`\nSKIPPED ${skipped} tests: see the list above for what they need.\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
