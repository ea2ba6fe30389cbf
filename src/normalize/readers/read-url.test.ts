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
  ['call_1.mp3', undefined, ['unreadable_value']],
  ['x.example:8443/a.mp3', 'https://x.example:8443/a.mp3', ['repaired_url']],
  ['"https://x.example/a.mp3"', 'https://x.example/a.mp3', ['repaired_url']],
  ['[https://x.example/a.mp3]', 'https://x.example/a.mp3', ['repaired_url']],
  ['http://https://x.example/a.mp3', 'https://x.example/a.mp3', ['repaired_url']],
  ['https:\\/\\/x.example\\/a.mp3', 'https://x.example/a.mp3', ['repaired_url']],
  ['https%253A%252F%252Fx.example%252Fa', 'https://x.example/a', ['repaired_url']],
  ['https://x.example/1.mp3, https://x.example/2.mp3', 'https://x.example/1.mp3', ['repaired_url']],
  ['https://x.example/a?u=1,https://y.example/', 'https://x.example/a?u=1,https://y.example/', []],
  ['https://x.example/{recording_id}.mp3', undefined, ['unresolved_token']],
  ['https://x.example/[uuid].mp3', undefined, ['unresolved_token']],
  ['https://x.example/{3f2504e0-4f89-11d3}.wav', 'https://x.example/{3f2504e0-4f89-11d3}.wav', []],
  ['nothing', undefined, ['unreadable_value']],
])('row 126: recording %j', (value, expected, codes) => {
  expect(field('recording', value)).toEqual([expected, ...codes]);
});
