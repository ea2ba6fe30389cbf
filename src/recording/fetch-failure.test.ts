import { describe, expect, test } from 'vitest';
import { type RefusedAnswer, SafeFetchError, type SafeFetchReason } from '../lib/safe-fetch-error.ts';
import { explainFetchFailure } from './fetch-failure.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each<[SafeFetchReason, string, string]>([
  ['bad-url', 'recording.bad-url', 'never'],
  ['blocked-address', 'recording.blocked-address', 'never'],
  ['blocked-port', 'recording.bad-url', 'never'],
  ['bad-redirect', 'recording.bad-url', 'never'],
  ['too-large', 'recording.too-large', 'never'],
  ['too-slow', 'recording.too-slow', 'soon'],
  ['timeout', 'recording.too-slow', 'soon'],
  ['unresolvable', 'recording.unavailable', 'soon'],
  ['unreachable', 'recording.unavailable', 'soon'],
  ['tls', 'recording.unavailable', 'soon'],
  ['incomplete', 'recording.unavailable', 'soon'],
  ['bad-encoding', 'recording.unavailable', 'soon'],
])('%s is %s, retried %s', (reason, code, retry) => {
  const failure = explainFetchFailure(new SafeFetchError(reason, 'm.example: what happened'), now);
  expect(failure).toMatchObject({ code, retry, detail: 'm.example: what happened' });
});

describe('an answer of', () => {
  const explain = (status: number, answer: Partial<RefusedAnswer> = {}) =>
    explainFetchFailure(
      new SafeFetchError('status', `m.example answered ${status}`, {
        answer: { status, retryAfter: null, excerpt: '', ...answer },
      }),
      now,
    );

  test.each([
    [404, 'recording.not-found', 'soon'],
    [425, 'recording.not-found', 'soon'],
    [410, 'recording.not-found', 'never'],
    [401, 'recording.unauthorized', 'never'],
    [403, 'recording.unauthorized', 'never'],
    [400, 'recording.unavailable', 'soon'],
    [429, 'recording.unavailable', 'soon'],
    [500, 'recording.unavailable', 'soon'],
    [503, 'recording.unavailable', 'soon'],
  ])('rows 133, 136: %d is %s, retried %s', (status, code, retry) => {
    expect(explain(status)).toMatchObject({ code, retry });
  });

  test('row 133: 403 from S3 is "not yet" for a plain address and final for an expired one', () => {
    const denied = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    const expired = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
    expect(explain(403, { excerpt: denied }).retry).toBe('soon');
    expect(explain(403, { excerpt: expired }).retry).toBe('never');
  });

  test.each([
    ['2026-03-01T12:05:00Z', '2026-03-01T12:05:00Z'],
    ['2036-03-01T12:00:00Z', '2026-03-02T12:00:00Z'],
  ])('row 137: 503 until %s is asked again at %s', (wanted, due) => {
    expect(explain(503, { retryAfter: new Date(wanted) }).retry).toEqual({ at: new Date(due) });
  });

  test('row 137: patience asked for the past is none', () => {
    expect(explain(429, { retryAfter: new Date('2020-01-01T00:00:00Z') }).retry).toBe('soon');
  });
});
