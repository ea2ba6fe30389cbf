import { readFileSync, writeFileSync } from 'node:fs';
import { failureAdvice } from '../src/domain/failure.ts';
import { describeConfig } from '../src/main/config.ts';

/** Fills the generated parts of docs/operate.md: settings and failures. With --check, fails where they are stale. */
const file = new URL('../docs/operate.md', import.meta.url);

const settings = [
  '| setting | default | meaning |',
  '|---|---|---|',
  ...describeConfig().map(
    ({ name, fallback, meaning }) => `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${meaning} |`,
  ),
];
const failures = [
  '| code | what to do |',
  '|---|---|',
  ...Object.entries(failureAdvice).map(([code, advice]) => `| \`${code}\` | ${advice} |`),
];

function fill(text: string, part: string, lines: string[]): string {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < 0) throw new Error(`docs/operate.md has no part ${part}`);
  return `${text.slice(0, from + begin.length)}\n${lines.join('\n')}\n${text.slice(to)}`;
}

const before = readFileSync(file, 'utf8');
const now = fill(fill(before, 'settings', settings), 'failures', failures);
if (process.argv.includes('--check')) {
  if (before !== now) {
    process.stderr.write('docs/operate.md is out of date: npm run docs\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, now);
}
