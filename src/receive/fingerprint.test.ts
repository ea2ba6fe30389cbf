import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintBytes, fingerprintData } from './fingerprint.ts';
import { parseRequest } from './parse-request.ts';

const event = {
  call_instance_id: 'A1',
  duration: '78',
  revenue: '12.50',
  buyer_name: 'Joe & Sons',
  api_key: 'k1',
};
const of = (data: Record<string, unknown>, connection = 'con_1') =>
  fingerprintData(connection, data, 'accepted').toString('hex');

test.each([
  ['key order', { buyer_name: 'Joe & Sons', revenue: '12.50', duration: '78', call_instance_id: 'A1' }],
  ['numbers', { ...event, duration: 78, revenue: 12.5 }],
  ['spaces', { ...event, buyer_name: ' Joe & Sons\n' }],
  ['spelling of names', { CallInstanceId: 'A1', Duration: 78, REVENUE: '12.50', 'buyer-name': 'Joe & Sons' }],
  ['another key and connection_id', { ...event, api_key: 'k2', connection_id: 'con_1' }],
  ['blanks', { ...event, zip_code: '', sale_amount: null }],
])('row 93: re-serialising does not matter: %s', (_name, other) => {
  expect(of(other)).toBe(of(event));
});

test('row 93: GET and POST of the same data are the same event', () => {
  const get = parseRequest({
    method: 'GET',
    contentType: '',
    query: 'duration=78&call_instance_id=A1&buyer_name=Joe+%26+Sons&revenue=12.50',
    body: Buffer.alloc(0),
  });
  if ('unreadable' in get || 'fault' in get.items[0]!) throw new Error();
  expect(of(get.items[0]!.data)).toBe(of(event));
});

test('row 94: one changed value is another event', () => {
  expect(of({ ...event, duration: '79' })).not.toBe(of(event));
  expect(of({ ...event, zip_code: '10001' })).not.toBe(of(event));
});

test('row 105: another connection is another event', () => {
  expect(of(event, 'con_2')).not.toBe(of(event));
});

test('text cannot move from one field to the next unnoticed', () => {
  expect(of({ a: 'x\nb\u00001\u0000y' })).not.toBe(of({ a: 'x', b: 'y' }));
  expect(of({ a: ['1', '2'] })).not.toBe(of({ a: ['1,2'] }));
});

test('the order of names never matters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue({ maxDepth: 2 })), {
        maxLength: 8,
      }),
      (entries) => {
        const data = Object.fromEntries(entries);
        const reversed = Object.fromEntries(Object.entries(data).reverse());
        expect(of(reversed)).toBe(of(data));
      },
    ),
  );
});

test('unreadable requests count by their bytes', () => {
  const bytes = (body: string, query = '') =>
    fingerprintBytes('con_1', Buffer.from(body), query).toString('hex');
  expect(bytes('{oops')).toBe(bytes('{oops'));
  expect(bytes('{oops')).not.toBe(bytes('{oops '));
  expect(bytes('{oops')).not.toBe(bytes('{oops', 'a=1'));
});
