import { expect, test } from 'vitest';
import { prettyBody } from './body.ts';

test('JSON is indented, also under a wrong content type', () => {
  expect(prettyBody('{"a":1}', 'text/plain')).toBe('{\n  "a": 1\n}');
});

test('forms show one decoded pair a line', () => {
  expect(prettyBody('a=1+2&b=%26', 'application/x-www-form-urlencoded; charset=utf-8')).toBe(
    'a = 1 2\nb = &',
  );
});

test('what cannot be read stays as it came', () => {
  expect(prettyBody('{"a":', 'application/json')).toBe('{"a":');
});
