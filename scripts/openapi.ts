import { readFileSync, writeFileSync } from 'node:fs';
import { describeApi } from '../src/contract/openapi.ts';

/** Writes openapi.json; with --check, fails where it is not what the contract says now. */
const file = new URL('../openapi.json', import.meta.url);
const now = `${JSON.stringify(describeApi('1'), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== now) {
    process.stderr.write('openapi.json is out of date: npm run openapi\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, now);
}
