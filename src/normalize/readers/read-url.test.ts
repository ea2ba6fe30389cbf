import { expect, test } from 'vitest';
import { field } from '../field-under-test.ts';

test.each([
  ['https://x.example/a?b=c&d=%2b', 'https://x.example/a?b=c&d=%2b', []],
  ['www.x.example/a.mp3', 'https://www.x.example/a.mp3', ['repaired_url']],
  ['//x.example/a.mp3', 'https://x.example/a.mp3', ['repaired_url']],
  ['https://x.example/a b.mp3', 'https://x.example/a%20b.mp3', ['repaired_url']],
  ['https://x.example/a?b=1&amp;c=2', 'https://x.example/a?b=1&c=2', ['repaired_url']],
  ['https%3A%2F%2Fx.example%2Fa', 'https://x.example/a', ['repaired_url']],
  ['/relative.mp3', undefined, ['unreadable_value']],
  ['file:///etc/passwd', undefined, ['unreadable_value']],
  ['nothing', undefined, ['unreadable_value']],
])('row 126: recording %j', (value, expected, codes) => {
  expect(field('recording', value)).toEqual([expected, ...codes]);
});
