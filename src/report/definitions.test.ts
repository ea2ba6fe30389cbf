import { expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../contract/routes.ts';
import { allDefinitions, definitionsOf } from './definitions.ts';
import { otherFigures } from './other-figures.ts';

test('every figure of every report has its own id, a definition in words, and a denominator where it is a rate', () => {
  expect(new Set(allDefinitions.map(({ id }) => id)).size).toBe(allDefinitions.length);
  for (const { id, unit, definition, denominator } of otherFigures) {
    expect(definition, id).toMatch(/\.$/);
    expect(denominator !== null, id).toBe(unit === 'percent' || unit === 'ratio');
  }
  expect(() => definitionsOf('nothing')).toThrow('no definition of nothing');
});

/** Lists of calls, links and changes count nothing. */
const lists = /\/(calls|links|links\/\{id\}|changes|fields|metrics|file)$/;

test('every report of the API answers with the definitions of its figures', () => {
  const reports = Object.values(routes).filter(
    ({ path }) => (path.startsWith('/v1/reports/') || path.endsWith('/agreement')) && !lists.test(path),
  );
  expect(reports.length).toBeGreaterThanOrEqual(7);
  for (const { path, response } of reports) {
    expect(response, path).toBeInstanceOf(z.ZodObject);
    const { shape } = response as z.ZodObject;
    expect('metrics' in shape || 'figures' in shape, path).toBe(true);
  }
});
