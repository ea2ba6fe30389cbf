import { describe, expect, test } from 'vitest';
import { type RefusedAnswer, SafeFetchError, type SafeFetchReason } from '../lib/safe-fetch-error.ts';
import type { CredentialUse } from '../lib/safe-fetch-host-rules.ts';
import { explainFetchFailure } from './fetch-failure.ts';
import { hostRulesOf, withoutSecrets } from './host-rules.ts';
import type { OpenedHost } from './recording-hosts.ts';

const hosts: OpenedHost[] = [
  { host: '*.m.example', auth: { kind: 'bearer', token: 'tk_9f' }, tls: { mode: 'system' } },
];
const context = {
  now: new Date('2026-03-01T12:00:00Z'),
  findHostRules: hostRulesOf(hosts),
  withoutSecrets: (text: string) => withoutSecrets(text, hosts),
};

test.each<[SafeFetchReason, string, string]>([
  ['bad-url', 'recording.bad-url', 'never'],
  ['blocked-address', 'recording.blocked-address', 'never'],
  ['blocked-port', 'recording.blocked-port', 'never'],
  ['bad-redirect', 'recording.bad-url', 'never'],
  ['too-large', 'recording.too-large', 'never'],
  ['too-slow', 'recording.too-slow', 'soon'],
  ['timeout', 'recording.too-slow', 'soon'],
  ['unresolvable', 'recording.unavailable', 'soon'],
  ['unreachable', 'recording.unavailable', 'soon'],
  ['tls', 'recording.untrusted', 'soon'],
  ['incomplete', 'recording.unavailable', 'soon'],
  ['bad-encoding', 'recording.unavailable', 'soon'],
])('%s is %s, retried %s', (reason, code, retry) => {
  const failure = explainFetchFailure(new SafeFetchError(reason, 'm.example: what happened'), context);
  expect(failure).toMatchObject({ code, retry, detail: 'm.example: what happened' });
});

describe('an answer of', () => {
  const explain = (status: number, answer: Partial<RefusedAnswer> = {}) =>
    explainFetchFailure(
      new SafeFetchError('status', `m.example answered ${status}`, {
        answer: { status, retryAfter: null, excerpt: '', ...answer },
      }),
      context,
    );

  test.each([
    [404, 'recording.not-found', 'soon'],
    [425, 'recording.not-found', 'soon'],
    [410, 'recording.not-found', 'never'],
    [401, 'recording.unauthorized', 'never'],
    [403, 'recording.unauthorized', 'never'],
    [400, 'recording.unavailable', 'soon'],
    [429, 'recording.rate-limited', 'soon'],
    [500, 'recording.unavailable', 'soon'],
    [503, 'recording.unavailable', 'soon'],
  ])('rows 133, 136: %d is %s, retried %s', (status, code, retry) => {
    expect(explain(status)).toMatchObject({ code, retry });
  });

  test.each<[CredentialUse, string]>([
    ['sent', 'The bearer token set for *.m.example was sent and refused.'],
    ['withheld', 'The bearer token set for *.m.example was not sent, since the address is not https.'],
    ['other-host', 'was not sent, since a redirect from another host led there.'],
    ['address', 'The user and password in the address were sent and refused.'],
    ['none', 'No credentials were sent: none are set for this host.'],
  ])('row 133: 401 says which credentials were tried (%s)', (credential, words) => {
    const from = { hostname: 'a.m.example', port: 443, credential };
    expect(explain(401, { from }).detail).toContain(words);
  });

  test('rows 133, 148: what the server says is shown, without credentials and numbers of callers', () => {
    const excerpt = '{"error":"token tk_9f may not read +13125550100"}';
    const { detail } = explain(401, { excerpt });
    expect(detail).toContain('token [removed] may not read …');
    expect(detail).not.toMatch(/tk_9f|3125550100/);
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
  ])('row 137: 503 until %s is asked again at %s at the earliest', (wanted, due) => {
    expect(explain(503, { retryAfter: new Date(wanted) }).retry).toEqual({ notBefore: new Date(due) });
  });

  test('row 137: patience asked for the past is none', () => {
    expect(explain(429, { retryAfter: new Date('2020-01-01T00:00:00Z') }).retry).toBe('soon');
  });
});
