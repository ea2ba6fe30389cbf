import { expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';

const whole = 'HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\nhello';
const chunked = 'HTTP/1.1 503 Service Unavailable\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n';

test.each([
  [whole, 202],
  [chunked, 503],
  ['HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n', 204],
])('an answer counts once it is whole', (answer, status) => {
  for (let length = 0; length < answer.length; length++)
    expect(readAnswer(answer.slice(0, length))).toBeNull();
  expect(readAnswer(answer)).toBe(status);
});
