import { describe, expect, test } from 'vitest';
import type { RecordingAuth } from '../domain/recording-host.ts';
import { hostRulesOf, withoutSecrets } from './host-rules.ts';

const system = { mode: 'system' } as const;
const bearer = (token: string): RecordingAuth => ({ kind: 'bearer', token });

describe('rules', () => {
  test('the narrowest pattern decides alone', () => {
    const find = hostRulesOf([
      { host: '*.m.example', auth: bearer('wide'), tls: { mode: 'insecure' } },
      { host: 'a.m.example', auth: null, tls: system },
      { host: 'a.m.example:8443', auth: bearer('port'), tls: { mode: 'own-ca', ca: 'PEM' } },
    ]);
    expect(find('b.m.example', 443)).toMatchObject({ trust: 'anybody', kind: 'bearer', openPort: false });
    expect(find('a.m.example', 443)).toMatchObject({ trust: 'system', credential: null });
    expect(find('a.m.example', 8443)).toMatchObject({ trust: { ca: 'PEM' }, openPort: true });
    expect(find('m.example', 443)).toBeNull();
  });

  test.each<[RecordingAuth, object]>([
    [bearer('t'), { header: 'authorization', value: 'Bearer t' }],
    [
      { kind: 'basic', user: 'me', password: 'pä:ss' },
      { header: 'authorization', value: `Basic ${Buffer.from('me:pä:ss').toString('base64')}` },
    ],
    [
      { kind: 'query', name: 'key', value: 'v' },
      { parameter: 'key', value: 'v' },
    ],
    [
      { kind: 'header', name: 'X-Api-Key', value: 'v' },
      { header: 'X-Api-Key', value: 'v' },
    ],
  ])('row 133: %j is sent as it is meant', (auth, credential) => {
    expect(hostRulesOf([{ host: 'm.example', auth, tls: system }])('m.example', 443)).toMatchObject({
      credential,
    });
  });
});

test('secrets are cut out in every form in which they are sent', () => {
  const pair = Buffer.from('me:pa ss').toString('base64');
  const hosts = [
    { host: 'a.example', auth: { kind: 'basic', user: 'me', password: 'pa ss' } as const, tls: system },
    { host: 'b.example', auth: { kind: 'query', name: 'k', value: 'v/1 2' } as const, tls: system },
  ];
  expect(withoutSecrets(`Basic ${pair}, pa ss; ?k=v%2F1%202 or v/1 2`, hosts)).toBe(
    'Basic [removed], [removed]; ?k=[removed] or [removed]',
  );
});
