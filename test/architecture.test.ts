import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Who may import whom, besides itself; the table of ARCHITECTURE.md. */
const stage = ['domain', 'contract', 'db', 'storage', 'lib'];
const allowed: Record<string, string[]> = {
  domain: [],
  contract: ['domain'],
  lib: [],
  db: ['lib', 'domain'],
  storage: ['lib', 'domain'],
  receive: stage,
  normalize: stage,
  recording: stage,
  transcribe: stage,
  score: stage,
  pipeline: ['domain', 'db', 'lib'],
  report: ['domain', 'contract', 'db'],
  export: ['report', 'contract', 'domain', 'db', 'lib'],
  schedule: ['export', 'report', 'contract', 'domain', 'db', 'lib'],
  http: ['contract', 'domain', 'report', 'export', 'schedule', 'receive', 'db', 'lib'],
  main: [
    'domain',
    'contract',
    'lib',
    'db',
    'storage',
    'receive',
    'normalize',
    'recording',
    'transcribe',
    'score',
    'pipeline',
    'report',
    'export',
    'schedule',
    'http',
  ],
  web: ['contract', 'domain'],
};

type Import = { from: string; folder: string; specifier: string; target: string | null };

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('/dist'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The part of the product that a file belongs to: `src/<name>` or `web`. */
function partOf(path: string): string | null {
  const [top, second] = relative(root, path).split('/');
  return top === 'src' ? (second ?? null) : top === 'web' ? 'web' : null;
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g);
  return [...found].map(([, specifier = '']) => ({
    from: relative(root, path),
    folder: partOf(path) ?? '',
    specifier,
    target: specifier.startsWith('.') ? partOf(resolve(dirname(path), specifier)) : null,
  }));
}

const files = [...sourceFiles('src'), ...sourceFiles('web/src')];
const production = files.filter((path) => !/\.test\.tsx?$/.test(path));

describe('architecture', () => {
  test('every folder under src has its rule', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(Object.keys(allowed)).toEqual(expect.arrayContaining(folders.map((folder) => folder.name)));
  });

  test('no folder imports what it may not', () => {
    const wrong = files
      .flatMap(importsOf)
      .filter(
        ({ folder, target }) => target !== null && target !== folder && !allowed[folder]?.includes(target),
      )
      .map(({ from, specifier }) => `${from} imports ${specifier}`);
    expect(wrong).toEqual([]);
  });

  test('only src/main/config.ts reads the environment', () => {
    const readers = production
      .filter((path) => /process\.env|import\.meta\.env/.test(readFileSync(path, 'utf8')))
      .map((path) => relative(root, path));
    expect(readers).toEqual(['src/main/config.ts']);
  });

  test('files stay small, and the usual catch-all names stay out', () => {
    const long = production
      .map((path) => ({ path: relative(root, path), lines: readFileSync(path, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
    const vague = production.filter((path) => /(utils?|helpers?|manager|service|common)\.tsx?$/.test(path));
    expect(vague).toEqual([]);
  });
});
