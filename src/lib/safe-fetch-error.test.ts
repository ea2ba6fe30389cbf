import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainFetchError, readRetryAfter, SafeFetchError } from './safe-fetch-error.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each([
  ['120', '2026-03-01T12:02:00.000Z'],
  [' 0 ', '2026-03-01T12:00:00.000Z'],
  ['Sun, 01 Mar 2026 13:00:00 GMT', '2026-03-01T13:00:00.000Z'],
  ['Sun, 01 Mar 2020 13:00:00 GMT', '2020-03-01T13:00:00.000Z'],
])('row 137: Retry-After %j is %s', (text, instant) => {
  expect(readRetryAfter(text, now)?.toISOString()).toBe(instant);
});

test.each(['', '-5', '1.5', 'soon', 'Sun, 99 Mar 2026', undefined])('Retry-After %j says nothing', (text) => {
  expect(readRetryAfter(text, now)).toBeNull();
});

test('reading Retry-After never throws and gives a valid date or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const date = readRetryAfter(text, now);
      expect(date === null || !Number.isNaN(date.getTime())).toBe(true);
    }),
  );
});

test.each([
  ['ENOTFOUND', 'unresolvable'],
  ['ECONNREFUSED', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_SOCKET', 'incomplete'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['HPE_INVALID_CONSTANT', 'unreachable'],
])('%s is %s', (code, reason) => {
  const explained = explainFetchError(Object.assign(new Error('boom'), { code }), 'host.example');
  expect(explained).toBeInstanceOf(SafeFetchError);
  expect(explained).toMatchObject({ reason, message: expect.stringContaining('host.example') });
});

test('a bug stays a bug', () => {
  const bug = new TypeError('x is undefined');
  expect(explainFetchError(bug, 'host.example')).toBe(bug);
});
