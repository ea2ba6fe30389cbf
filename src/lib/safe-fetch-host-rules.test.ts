import { expect, test } from 'vitest';
import { type Credential, credentialUse, withCredential } from './safe-fetch-host-rules.ts';

const token: Credential = { header: 'Authorization', value: 'Bearer t' };

test.each([
  ['https://a.example/', true, false, 'sent'],
  ['https://a.example:8443/', true, false, 'sent'],
  ['https://a.example/', false, false, 'other-host'],
  ['http://a.example/', true, false, 'withheld'],
  ['http://a.lan/', true, true, 'sent'],
])('to %s (stayed: %s, own network: %s) the credential is %s', (address, stayed, isOwnNetwork, use) => {
  const way = { url: new URL(address), stayed, isOwnNetwork, hasAuthorization: false };
  expect(credentialUse(token, way)).toBe(use);
});

test('without one, user and password of the address are all there is', () => {
  const way = { url: new URL('https://a.example/'), stayed: true, isOwnNetwork: false };
  expect(credentialUse(null, { ...way, hasAuthorization: true })).toBe('address');
  expect(credentialUse(null, { ...way, hasAuthorization: false })).toBe('none');
});

test('a header takes the place of one of its name, in any case', () => {
  const request = {
    url: new URL('https://a.example/'),
    headers: { authorization: 'Basic x', accept: '*/*' },
  };
  expect(withCredential(request, token).headers).toEqual({ authorization: 'Bearer t', accept: '*/*' });
  expect(request.headers.authorization).toBe('Basic x');
});

test('a parameter joins the query without touching its spelling, and takes the place of its like', () => {
  const url = new URL('https://a.example/r?sig=a%2fb+c&token=old');
  const changed = withCredential({ url, headers: {} }, { parameter: 'token', value: 'a&b' });
  expect(changed.url.href).toBe('https://a.example/r?sig=a%2fb+c&token=a%26b');
  expect(url.href).toBe('https://a.example/r?sig=a%2fb+c&token=old');
});
