import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCredentials, maskSecrets, redactKey, scanForKey, withoutKey } from './credentials.ts';
import { parseRequest } from './parse-request.ts';

const key = `ak_${'Ab-_9'.repeat(8)}xyz`;

test.each([
  { api_key: key, connection_id: 'con_1' },
  { 'API-Key': ` ${key}\n`, ConnectionId: 'con_1' },
  { 'Api Key': key, 'connection id': 'con_1', other: 1 },
])('key and connection are found in any spelling: %j', (data) => {
  expect(findCredentials(data)).toEqual({ apiKey: key, connectionId: 'con_1' });
});

test('blanks and objects are no credentials', () => {
  expect(findCredentials({ api_key: ' ', connection_id: { a: 1 } })).toEqual({
    apiKey: null,
    connectionId: null,
  });
});

test('the key is cut out of the data wherever it stands', () => {
  const data = {
    api_key: key,
    referrer_url: `https://x/?k=${encodeURIComponent(key)}&a=1`,
    nested: [{ note: `my key is ${key}!` }],
    count: 3,
  };
  expect(withoutKey(data, [key])).toEqual({
    referrer_url: 'https://x/?k=[api_key]&a=1',
    nested: [{ note: 'my key is [api_key]!' }],
    count: 3,
  });
});

test('bytes without the key come back as they are', () => {
  const bytes = Buffer.from([0, 255, 37, 54, 49]);
  expect(redactKey(bytes, [key])).toBe(bytes);
});

/** The key as a sender's software may disguise it. */
const disguises: Record<string, (text: string) => Buffer> = {
  plain: (text) => Buffer.from(text),
  percent: (text) => Buffer.from(text.replace(/[-_A]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)),
  'percent, all': (text) =>
    Buffer.from(Array.from(text, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`).join('')),
  'percent twice': (text) => Buffer.from(text.replaceAll('_', '%255F')),
  'JSON escapes': (text) =>
    Buffer.from(Array.from(text, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
};

test.each(Object.keys(disguises))('a key in disguise (%s) is found and cut out', (name) => {
  const bytes = Buffer.concat([Buffer.from('{"x": "'), disguises[name]!(key), Buffer.from('"é')]);
  expect(scanForKey(bytes)).toBe(key);
  const redacted = redactKey(bytes, [key]);
  expect(redacted.toString('latin1').replaceAll('\0', '')).toContain('[api_key]');
  expect(scanForKey(redacted)).toBeNull();
});

test.each(['little', 'big'])(
  'a UTF-16 body (%s endian) can still be parsed once the key is cut out',
  (order) => {
    const bytes = Buffer.from(JSON.stringify({ api_key: key, buyer_name: 'Zoë' }), 'utf16le');
    if (order === 'big') bytes.swap16();
    const body = redactKey(bytes, [key]);
    expect(parseRequest({ method: 'POST', contentType: '', query: '', body })).toMatchObject({
      items: [{ data: { api_key: '[api_key]', buyer_name: 'Zoë' } }],
    });
  },
);

test('two different keys leave it open who sends', () => {
  expect(scanForKey(`${key} ak_${'z'.repeat(43)}`)).toBeNull();
  expect(scanForKey(`${key} ${key}`)).toBe(key);
});

test('redacting leaves no trace of the key in any surrounding bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (before, after) => {
      const bytes = Buffer.concat([before, Buffer.from(key), after]);
      const redacted = redactKey(bytes, [key]);
      expect(redacted.includes(key)).toBe(false);
      expect(redacted.subarray(0, before.length)).toEqual(Buffer.from(before));
    }),
  );
});

test('masking keeps the length, so that positions stay true', () => {
  const text = `{"api_key": "secret-value", "password":'x1', "a": "${key}"}`;
  const masked = maskSecrets(text);
  expect(masked).toHaveLength(text.length);
  expect(masked).not.toMatch(/secret-value|x1|Ab-_9/);
});
