import { describe, expect, test } from 'vitest';
import { firstHop, followRedirect } from './safe-fetch-hop.ts';
import { readTarget } from './safe-fetch-target.ts';

const nobody = () => false;
const start = (url: string, request: Parameters<typeof firstHop>[1] = {}) =>
  firstHop(readTarget(url, nobody), request, 'aria');

describe('the first request', () => {
  test('row 124: user and password of the address become a header', () => {
    const hop = start('https://me:p%40ss@media.example/a.mp3');
    expect(hop.url.href).toBe('https://media.example/a.mp3');
    expect(hop.headers.authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  });

  test('row 129: asks for an unpacked answer, whatever the caller wants', () => {
    expect(start('https://media.example/', { headers: { 'Accept-Encoding': 'gzip' } }).headers).toMatchObject(
      {
        'accept-encoding': 'identity',
      },
    );
  });

  test.each([
    'file:///etc/passwd',
    'ftp://media.example/a',
    'gopher://media.example',
    'data:audio/wav;base64,UklGRg==',
    'nonsense',
    '',
  ])('row 120: %j is refused unseen', (url) => {
    expect(() => start(url)).toThrow(expect.objectContaining({ reason: 'bad-url' }));
  });

  test.each([25, 22, 6379, 5432])('row 125: port %d is refused', (port) => {
    expect(() => start(`http://media.example:${port}/`)).toThrow(
      expect.objectContaining({ reason: 'blocked-port' }),
    );
  });

  test.each(['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '①②⑦.⓪.⓪.①', '[::1]', '0.0.0.0', '127.0.0.1.'])(
    'row 118: http://%s is the loopback address in disguise',
    (host) => {
      expect(() => start(`http://${host}/`)).toThrow(expect.objectContaining({ reason: 'blocked-address' }));
    },
  );
});

describe('a redirect', () => {
  const secret = {
    headers: { Authorization: 'Bearer x', 'X-Api-Key': 'k', Accept: 'audio/*', Range: 'bytes=5-' },
  };

  test('within the origin keeps the headers', () => {
    const hop = followRedirect(start('https://a.example/1', secret), 302, '/2', nobody);
    expect(hop.url.href).toBe('https://a.example/2');
    expect(hop.headers).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'k', accept: 'audio/*' });
  });

  test.each(['https://b.example/', 'https://a.example:80/'])('to %s drops what is secret', (location) => {
    const { headers } = followRedirect(start('https://u:p@a.example/1', secret), 302, location, nobody);
    expect(headers).toEqual({
      'user-agent': 'aria',
      accept: 'audio/*',
      'accept-encoding': 'identity',
      range: 'bytes=5-',
    });
  });

  test.each([
    ['http://a.example/2', 'bad-redirect'],
    ['http://127.0.0.1/', 'blocked-address'],
    ['http://[::ffff:7f00:1]/', 'blocked-address'],
    ['file:///etc/passwd', 'bad-url'],
    ['https://a.example:25/', 'blocked-port'],
    [undefined, 'bad-redirect'],
    ['http://', 'bad-redirect'],
  ])('row 121: from https to %s is refused', (location, reason) => {
    expect(() => followRedirect(start('https://a.example/1'), 302, location, nobody)).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  test.each([
    [301, 'GET', null],
    [302, 'GET', null],
    [303, 'GET', null],
    [307, 'POST', 'sound'],
    [308, 'POST', 'sound'],
  ])('a POST answered %d goes on as %s', (status, method, body) => {
    const post = start('https://a.example/1', {
      method: 'POST',
      body: 'sound',
      headers: { 'Content-Type': 'audio/wav' },
    });
    const hop = followRedirect(post, status, '/2', nobody);
    expect(hop).toMatchObject({ method, body });
    expect(hop.headers['content-type']).toBe(body === null ? undefined : 'audio/wav');
  });

  test('never carries what was sent to another server', () => {
    const post = start('https://a.example/1', { method: 'POST', body: 'sound' });
    expect(() => followRedirect(post, 307, 'https://b.example/', nobody)).toThrow(
      expect.objectContaining({ reason: 'bad-redirect' }),
    );
  });
});
