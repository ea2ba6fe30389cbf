import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairUrl } from './repair-url.ts';

describe('row 126', () => {
  test.each([
    ['https://m.example/a.mp3?x=1&amp;sig=2', 'https://m.example/a.mp3?x=1&sig=2'],
    ['https://m.example/a.mp3?x=1&#38;sig=2', 'https://m.example/a.mp3?x=1&sig=2'],
    ['//m.example/a.mp3', 'https://m.example/a.mp3'],
    ['m.example/a.mp3', 'https://m.example/a.mp3'],
    ['m.example:8443/a.mp3', 'https://m.example:8443/a.mp3'],
    ['https://m.example/call 1 of 2.mp3', 'https://m.example/call%201%20of%202.mp3'],
    ['https://m.example/a\n  b.mp3', 'https://m.example/a%20%20b.mp3'],
    ['"https://m.example/a.mp3"', 'https://m.example/a.mp3'],
    ['https:/m.example/a.mp3', 'https://m.example/a.mp3'],
  ])('%j is mended to %s, and says so', (text, url) => {
    const repaired = repairUrl(text);
    expect(repaired?.url).toBe(url);
    expect(repaired?.repairs.length).toBeGreaterThan(0);
  });

  test.each(['https://m.example/a.mp3?x=1&y=%20', 'http://m.example:8080/a', '  https://m.example/a  '])(
    '%j needs no mending',
    (text) => {
      expect(repairUrl(text)).toEqual({ url: text.trim(), repairs: [] });
    },
  );

  test.each([
    '',
    '/recordings/a.mp3',
    'a.mp3',
    'none',
    '[recording_url]',
    'ftp://m.example/a',
    'file:///etc/passwd',
    'data:audio/wav,x',
    'https://',
    'http:///',
  ])('%j is no address', (text) => {
    expect(repairUrl(text)).toBeNull();
  });
});

test('whatever comes, the result is an http(s) address or nothing, and mending it again changes nothing', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true }),
    fc.string().map((s) => `https://m.example/${s}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const repaired = repairUrl(text);
      if (!repaired) return;
      expect(new URL(repaired.url).protocol).toMatch(/^https?:$/);
      expect(repairUrl(repaired.url)).toEqual({ url: repaired.url, repairs: [] });
    }),
  );
});

test('a good address is left alone', () => {
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      expect(repairUrl(url)).toEqual({ url, repairs: [] });
    }),
  );
});
