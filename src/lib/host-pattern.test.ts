import { expect, test } from 'vitest';
import { matchesHost, narrower, readHostPattern } from './host-pattern.ts';

const pattern = (text: string) => readHostPattern(text)!;

test.each([
  ['Media.Example.com', 'media.example.com'],
  ['*.example.com', '*.example.com'],
  ['media.example.com:8443', 'media.example.com:8443'],
  ['127.0.0.1:9000', '127.0.0.1:9000'],
  ['[2606:4700::1]:8443', '[2606:4700::1]:8443'],
  ['[2606:4700::1]', '[2606:4700::1]'],
  [' bücher.example. ', 'xn--bcher-kva.example'],
])('%s is the pattern %s', (text, written) => {
  expect(readHostPattern(text)?.text).toBe(written);
  expect(readHostPattern(written)).toEqual(readHostPattern(text));
});

test.each([
  '',
  '*',
  '*.com',
  '*.127.0.0.1',
  'a.*.com',
  'https://m.example',
  'm.example/path',
  'm.example:0',
  'm.example:70000',
  'me@m.example',
  'a b',
])('%j is none', (text) => {
  expect(readHostPattern(text)).toBeNull();
});

test.each([
  ['m.example', 'm.example', 443, true],
  ['m.example', 'M.Example.', 8443, true],
  ['m.example', 'evil-m.example', 443, false],
  ['m.example', 'm.example.evil', 443, false],
  ['m.example', 'a.m.example', 443, false],
  ['*.m.example', 'a.b.m.example', 443, true],
  ['*.m.example', 'm.example', 443, false],
  ['*.m.example', 'evilm.example', 443, false],
  ['m.example:8443', 'm.example', 8443, true],
  ['m.example:8443', 'm.example', 443, false],
  ['[2606:4700::1]', '[2606:4700::1]', 443, true],
])('%s against %s:%d', (text, host, port, matches) => {
  expect(matchesHost(pattern(text), host, port)).toBe(matches);
});

test('the narrowest comes first', () => {
  const texts = ['*.example.com', 'a.example.com', '*.a.example.com', 'a.example.com:8443'];
  const sorted = texts.map(pattern).sort(narrower);
  expect(sorted.map(({ text }) => text)).toEqual([
    'a.example.com:8443',
    'a.example.com',
    '*.a.example.com',
    '*.example.com',
  ]);
});
