import fc from 'fast-check';
import { expect, test } from 'vitest';
import { warningCodes } from '../domain/warning-codes.ts';
import { type ParsedRequest, parseRequest } from './parse-request.ts';

function parse(
  body: string | Buffer,
  contentType = 'application/json',
  query = '',
  method = 'POST',
): ParsedRequest {
  return parseRequest({ method, contentType, query, body: Buffer.from(body as string) });
}

/** Each item's data, or the code of its fault. */
function itemsOf(parsed: ParsedRequest): (Record<string, unknown> | string)[] {
  if ('unreadable' in parsed) throw new Error(parsed.unreadable.detail);
  return parsed.items.map((item) => ('fault' in item ? item.fault.code : item.data));
}

function dataOf(parsed: ParsedRequest): Record<string, unknown> {
  const [data, ...more] = itemsOf(parsed);
  expect(more).toEqual([]);
  return data as Record<string, unknown>;
}

function codesOf(parsed: ParsedRequest): string[] {
  if ('unreadable' in parsed) throw new Error(parsed.unreadable.detail);
  const own = parsed.items.flatMap((item) => ('fault' in item ? [] : item.warnings));
  return [...parsed.warnings, ...own].map((w) => w.code);
}

function faultOf(parsed: ParsedRequest) {
  if (!('unreadable' in parsed)) throw new Error('readable after all');
  return parsed.unreadable;
}

const form = 'application/x-www-form-urlencoded';

test('row 1: a GET carries everything in the query', () => {
  const parsed = parse('', '', 'call_instance_id=A1&buyer_name=Joe%20%26%20Sons&duration=78', 'GET');
  expect(dataOf(parsed)).toEqual({ call_instance_id: 'A1', buyer_name: 'Joe & Sons', duration: '78' });
});

test('row 5: a form is a flat object, its names trimmed', () => {
  expect(dataOf(parse('+call_instance_id=A1&buyer_name=Joe+Sons&zip_code=', form))).toEqual({
    call_instance_id: 'A1',
    buyer_name: 'Joe Sons',
    zip_code: '',
  });
});

const multipart = [
  '--xyz',
  'Content-Disposition: form-data; name="call_instance_id"',
  '',
  'A1',
  '--xyz',
  'Content-Disposition: form-data; name="file"; filename="call.mp3"',
  'Content-Type: audio/mpeg',
  '',
  'x'.repeat(200_000),
  '--xyz',
  'Content-Disposition: form-data; name="buyer_name"',
  '',
  'Zoë',
  '--xyz--',
  '',
].join('\r\n');

test('row 6: multipart fields are read, files ignored with a warning', () => {
  const parsed = parse(multipart, 'multipart/form-data; boundary=xyz');
  expect(dataOf(parsed)).toEqual({ call_instance_id: 'A1', buyer_name: 'Zoë' });
  expect(codesOf(parsed)).toEqual(['file_ignored']);
});

test('row 6: a multipart body that is cut off, or lacks its boundary, is refused', () => {
  expect(faultOf(parse(multipart.slice(0, -6), 'multipart/form-data; boundary=xyz')).code).toBe(
    'malformed_multipart',
  );
  expect(faultOf(parse(multipart, 'multipart/form-data')).code).toBe('malformed_multipart');
});

test('row 7: XML is refused by name', () => {
  expect(faultOf(parse('<?xml version="1.0"?><call/>', 'text/xml'))).toMatchObject({
    status: 415,
    code: 'xml_unsupported',
  });
});

test.each(['text/plain', form, '', 'application/octet-stream'])('row 8: JSON sent as %j', (contentType) => {
  expect(dataOf(parse(' {"a":"1"}', contentType))).toEqual({ a: '1' });
});

test.each(['multipart/form-data', 'multipart/form-data; boundary=xyz'])(
  'row 8: JSON or a form sent as %j',
  (type) => {
    expect(dataOf(parse('{"a":"1"}', type))).toEqual({ a: '1' });
    expect(dataOf(parse('a=1&b=2', type))).toEqual({ a: '1', b: '2' });
  },
);

test('row 9: a form labelled JSON is read, with a warning', () => {
  const parsed = parse('call_instance_id=A1&duration=78');
  expect(dataOf(parsed)).toEqual({ call_instance_id: 'A1', duration: '78' });
  expect(codesOf(parsed)).toEqual(['content_type_mismatch']);
});

test('row 10: declared charsets are decoded', () => {
  const latin = Buffer.from('{"buyer_name":"Zo\u00eb"}', 'latin1');
  expect(dataOf(parse(latin, 'application/json; charset=windows-1252'))).toEqual({ buyer_name: 'Zoë' });
  const wide = Buffer.from('{"buyer_name":"Zoë"}', 'utf16le');
  expect(dataOf(parse(wide, 'application/json; charset=UTF-16'))).toEqual({ buyer_name: 'Zoë' });
  expect(dataOf(parse('buyer_name=Zo%EB', `${form}; charset=iso-8859-1`))).toEqual({ buyer_name: 'Zoë' });
});

test.each([
  'application/json;charset=utf8',
  'application/json; charset="utf-8"',
  'application/json;;',
  'application/json, application/json',
])('row 11: the header %j is tolerated', (contentType) => {
  const parsed = parse('{"a":"ë"}', contentType);
  expect(dataOf(parsed)).toEqual({ a: 'ë' });
  expect(codesOf(parsed)).toEqual([]);
});

test('row 11: an unknown charset is warned of', () => {
  expect(codesOf(parse('{"a":"b"}', 'application/json; charset=klingon'))).toEqual(['unknown_charset']);
});

test('row 12: a byte order mark is removed', () => {
  expect(dataOf(parse('\ufeff{"a":"b"}'))).toEqual({ a: 'b' });
  expect(dataOf(parse('\ufeffa=b&c=d', form))).toEqual({ a: 'b', c: 'd' });
});

test('row 13: UTF-16 without declaration is detected', () => {
  expect(dataOf(parse(Buffer.from('{"a":"b"}', 'utf16le')))).toEqual({ a: 'b' });
  expect(dataOf(parse(Buffer.from('{"a":"b"}', 'utf16le').swap16()))).toEqual({ a: 'b' });
  expect(dataOf(parse(Buffer.from('\ufeff{"a":"b"}', 'utf16le')))).toEqual({ a: 'b' });
});

test('row 14: bytes that are no UTF-8 are replaced, with a warning', () => {
  const parsed = parse(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xf0, 0x28]), Buffer.from('"}')]));
  expect(dataOf(parsed)).toEqual({ a: '\ufffd(' });
  expect(codesOf(parsed)).toEqual(['invalid_text']);
});

test('row 18: nothing at all is refused', () => {
  expect(faultOf(parse(''))).toMatchObject({ status: 400, code: 'empty_body' });
  expect(faultOf(parse(' \n', 'text/plain'))).toMatchObject({ status: 400, code: 'empty_body' });
});

test('row 19: an empty body leaves the query', () => {
  expect(dataOf(parse('', 'application/json', 'a=1'))).toEqual({ a: '1' });
});

test('row 20: query and body are joined, and the body wins', () => {
  const parsed = parse(
    '{"duration":"78","zip_code":""}',
    'application/json',
    'api_key=k&Duration=1&zip_code=10001',
  );
  expect(dataOf(parsed)).toEqual({ api_key: 'k', duration: '78', zip_code: '10001' });
});

test.each(['api_key', 'connection_id', 'call_instance_id'])(
  'row 20: a different %s in the URL is refused',
  (name) => {
    expect(faultOf(parse(`{"${name}":"one"}`, 'application/json', `${name}=two`))).toMatchObject({
      status: 400,
      code: 'conflicting_identity',
    });
    expect(dataOf(parse(`{"${name}":"one"}`, 'application/json', `${name}=one`))).toEqual({ [name]: 'one' });
  },
);

test('row 25: fields, depth and items are capped', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `f${i}=1`).join('&');
  expect(Object.keys(dataOf(parse(many(500), form)))).toHaveLength(500);
  expect(faultOf(parse(many(501), form)).code).toBe('too_many_fields');
  expect(
    faultOf(
      parse(
        JSON.stringify(
          Object.fromEntries(
            many(501)
              .split('&')
              .map((p) => p.split('=')),
          ),
        ),
      ),
    ).code,
  ).toBe('too_many_fields');
  const nest = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  expect(dataOf(parse(nest(20)))).toBeDefined();
  expect(faultOf(parse(nest(21))).code).toBe('too_deep');
  expect(faultOf(parse(nest(100_000))).code).toBe('too_deep');
});

test('row 26: of a repeated form name the first value is used; a difference is warned of', () => {
  const same = parse('a=1&a=1', form);
  expect([dataOf(same), codesOf(same)]).toEqual([{ a: '1' }, []]);
  const different = parse('a=1&a=2', form);
  expect([dataOf(different), codesOf(different)]).toEqual([{ a: '1' }, ['duplicate_key']]);
});

test('row 27: a repeated JSON name is warned of, and refused where it identifies', () => {
  const parsed = parse('{"buyer_name":"A","x":{"buyer_name":"B"},"buyer_name":"C"}');
  expect([dataOf(parsed).buyer_name, codesOf(parsed)]).toEqual(['C', ['duplicate_key']]);
  expect(faultOf(parse('{"call_instance_id":"A","call_instance_id":"B"}'))).toMatchObject({
    status: 400,
    code: 'conflicting_identity',
  });
  expect(faultOf(parse('{"call_instance_id":"A","callInstanceId":"B"}')).code).toBe('conflicting_identity');
});

test('row 29: unknown fields stay', () => {
  expect(dataOf(parse('{"agent":"Kim","nested":{"a":[1]}}'))).toEqual({ agent: 'Kim', nested: { a: [1] } });
});

test('row 30: reserved names are dropped with a warning', () => {
  const parsed = parse('{"a":"1","__proto__":{"admin":true},"x":{"constructor":{"prototype":1},"b":"2"}}');
  const data = dataOf(parsed);
  expect(Object.keys(data)).toEqual(['a', 'x']);
  expect(data.x).toEqual({ b: '2' });
  expect((data as { admin?: boolean }).admin).toBeUndefined();
  expect(codesOf(parsed)).toEqual(['unsafe_key']);
  expect(codesOf(parse('__proto__=1&a=2', form))).toEqual(['unsafe_key']);
});

test('row 30: a reserved name inside an envelope does no harm', () => {
  const parsed = parse(JSON.stringify({ payload: '{"__proto__":{"polluted":1},"a":"1"}' }));
  expect(dataOf(parsed)).toEqual({ a: '1' });
  expect((dataOf(parsed) as { polluted?: number }).polluted).toBeUndefined();
});

test('row 25: JSON hidden in an envelope is held to the same depth', () => {
  const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect(dataOf(parse(`payload=${encodeURIComponent(deep)}`, form))).toEqual({ payload: deep });
});

test('row 31: an array is several events, at most 500', () => {
  const parsed = parse('[{"a":"1"},{"a":"2"},7]');
  expect(itemsOf(parsed)).toEqual([{ a: '1' }, { a: '2' }, {}]);
  expect(codesOf(parsed)).toEqual(['not_an_object']);
  expect(parsed).toMatchObject({ isBatch: true });
  expect('items' in parse(JSON.stringify(Array(500).fill({ a: 1 })))).toBe(true);
  expect(faultOf(parse(JSON.stringify(Array(501).fill({ a: 1 })))).code).toBe('too_many_items');
  expect(faultOf(parse('[]')).code).toBe('empty_body');
});

test.each([
  '{"data":{"a":"1"},"api_key":"k"}',
  '{"api_key":"k","payload":{"a":"1"}}',
  '{"api_key":"k","call":{"a":"1"}}',
  '{"api_key":"k","event":{"a":"1"}}',
  '{"api_key":"k","payload":{"data":{"a":"1"}}}',
  '{"api_key":"k","payload":"{\\"a\\":\\"1\\"}"}',
])('row 32: the envelope of %s is taken off', (body) => {
  expect(dataOf(parse(body))).toEqual({ api_key: 'k', a: '1' });
});

test('row 32: an envelope with a list holds several events', () => {
  const parsed = parse('{"Id":"9","Notifications":[{"a":"1"},{"a":"2"}]}');
  expect(itemsOf(parsed)).toEqual([
    { Id: '9', a: '1' },
    { Id: '9', a: '2' },
  ]);
});

test('an object in place of an identity is no identity, and no accident', () => {
  const odd = '{"api_key":{"toString":1},"call_instance_id":{"a":1},"apiKey":"k"}';
  expect(dataOf(parse(odd))).toMatchObject({ apiKey: 'k' });
  expect(faultOf(parse(odd, 'application/json', 'call_instance_id=A')).code).toBe('conflicting_identity');
});

test('row 42: an envelope and its content must name the same sender and call', () => {
  expect(faultOf(parse('{"api_key":"k1","data":{"api_key":"k2"}}')).code).toBe('conflicting_identity');
  expect(dataOf(parse('{"api_key":"k1","data":{"api_key":"k1"}}'))).toEqual({ api_key: 'k1' });
});

test('row 33: JSON inside a JSON string is parsed once more', () => {
  const parsed = parse(JSON.stringify('{"a":"1"}'));
  expect([dataOf(parsed), codesOf(parsed)]).toEqual([{ a: '1' }, ['double_encoded']]);
});

test.each([['a=1&b=x%20y'], ['{"a":"1","b":"x y"}']])(
  'row 33: %j, URL-encoded as a whole, is decoded once more',
  (text) => {
    for (const type of [form, 'application/json', '']) {
      const parsed = parse(encodeURIComponent(text), type);
      expect(dataOf(parsed)).toEqual({ a: '1', b: 'x y' });
      expect(codesOf(parsed)).toContain('double_encoded');
    }
  },
);

test('row 33: JSON that became the name of a form field is read as the JSON it is', () => {
  const parsed = parse(`${encodeURIComponent('{"a":"1"}')}=`, form);
  expect([dataOf(parsed), codesOf(parsed)]).toEqual([{ a: '1' }, ['double_encoded']]);
});

test.each([
  ['trailing comma', '{"a":"1",}', 'Remove the comma'],
  ['single quotes', "{'a':'1'}", 'double quotes, not single'],
  ['single quoted value', `{"a":'1'}`, 'double quotes, not single'],
  ['raw line break', '{"a":"one\ntwo"}', 'raw line break'],
  ['inner quote', '{"buyer_name":"Joe "The Man" Inc"}', 'unescaped double quote'],
  ['empty token', '{"client_id": ,"a":"1"}', 'Quote your tokens'],
  ['empty token at the end', '{"client_id": }', 'Quote your tokens'],
  ['bare token', '{"client_id": [Call:BuyerId]}', 'Quote your tokens'],
  ['bare token in braces', '{"client_id": {buyer_id}}', 'Quote your tokens'],
  ['bare token in two braces', '{"client_id": {{buyer.id}}, "a": 1}', 'Quote your tokens'],
  ['typographic quotes', '{\u201ca\u201d:\u201c1\u201d}', 'straight ones'],
  ['typographic quotes around a value', '{"a":\u201c1\u201d}', 'straight ones'],
  ['NaN', '{"revenue": NaN}', 'no JSON value'],
  ['cut off', '{"a":"1","b":"2', 'ends too early'],
  ['rest', '{"a":"1"} {"b":"2"}', 'follows the end'],
])('rows 35, 36: %s is explained', (_name, body, hint) => {
  const fault = faultOf(parse(body));
  expect(fault).toMatchObject({ status: 400, code: 'malformed_json' });
  expect(fault.detail).toContain(hint);
});

test('row 35: the place is told by line and column, and no key leaks', () => {
  const key = `ak_${'s'.repeat(43)}`;
  const fault = faultOf(parse(`{\n  "api_key": "${key}", oops\n}`));
  expect(fault.detail).toContain('line 2, column 64');
  expect(fault.detail).not.toContain('sss');
});

test('row 37: numbers beyond a double stay text', () => {
  expect(dataOf(parse('{"revenue":1e400,"cost":2.5}'))).toEqual({ revenue: '1e400', cost: 2.5 });
});

test('row 37: an exponent that cut off no digit is a number like any other', () => {
  expect(dataOf(parse('{"revenue":1E+2,"cost":1.25e1,"duration":0e0,"caller_id":1.5551E+10}'))).toEqual({
    revenue: 100,
    cost: 12.5,
    duration: 0,
    caller_id: '1.5551E+10',
  });
});

test('row 20: a second question mark behind key or connection parts names as the first does', () => {
  expect(
    dataOf(parse('', '', 'api_key=k?connection_id=c&call_id=7&recording=https://x.example/a?b=1')),
  ).toEqual({
    api_key: 'k',
    connection_id: 'c',
    call_id: '7',
    recording: 'https://x.example/a?b=1',
  });
});

test('row 38: no digit of a long integer is lost', () => {
  const parsed = parse('{"client_id":9007199254740993,"x":{"y":[12345678901234567890]},"n":-5}');
  expect(dataOf(parsed)).toEqual({
    client_id: '9007199254740993',
    x: { y: ['12345678901234567890'] },
    n: -5,
  });
});

test('an unencoded recording URL in a query is put together again', () => {
  const query =
    'call_instance_id=A&recording=https://media.ringba.com/recording-public?v=v1&k=ab%2bc%3d&zip_code=10001';
  const parsed = parse('', '', query, 'GET');
  expect(dataOf(parsed)).toMatchObject({
    recording: 'https://media.ringba.com/recording-public?v=v1&k=ab%2bc%3d',
    zip_code: '10001',
  });
  expect(codesOf(parsed)).toEqual(['rejoined_url']);
});

test('an encoded URL leaves the names after it alone', () => {
  const query = `recording=${encodeURIComponent('https://x.example/r?v=v1')}&k=2`;
  expect(dataOf(parse('', '', query, 'GET'))).toEqual({ recording: 'https://x.example/r?v=v1', k: '2' });
});

test('a signed URL that came unencoded is put together with one warning', () => {
  const query =
    'recording=https://b.s3.example/r?X-Amz-Date=1&X-Amz-Expires=9&X-Amz-Signature=ab%2f&zip_code=10001';
  const parsed = parse('', '', query, 'GET');
  expect(dataOf(parsed)).toEqual({
    recording: 'https://b.s3.example/r?X-Amz-Date=1&X-Amz-Expires=9&X-Amz-Signature=ab%2f',
    zip_code: '10001',
  });
  expect(codesOf(parsed)).toEqual(['rejoined_url']);
});

test('fields joined by &amp; are read', () => {
  const parsed = parse('', '', 'a=1&amp;b=2', 'GET');
  expect([dataOf(parsed), codesOf(parsed)]).toEqual([{ a: '1', b: '2' }, ['html_entity']]);
});

test('a value that is no data is refused', () => {
  for (const body of ['5', 'true', 'null', '"hello"'])
    expect(faultOf(parse(body)).code).toBe('not_an_object');
  expect(faultOf(parse('hello there', 'text/plain'))).toMatchObject({
    status: 415,
    code: 'unsupported_body',
  });
});

const contentTypes = fc.constantFrom(
  'application/json',
  form,
  'multipart/form-data; boundary=x',
  'text/plain; charset=utf-16',
  'application/json; charset=shift_jis',
  '',
);

test('any bytes give items or a reason, never an exception', () => {
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('"', ',', '{', "'", '\\', '[', '='))
      .map(([text, at, char]) => {
        const place = at % (text.length + 1);
        return Buffer.from(text.slice(0, place) + char + text.slice(place));
      }),
  );
  fc.assert(
    fc.property(bodies, contentTypes, fc.string({ maxLength: 40 }), (body, contentType, query) => {
      const parsed = parseRequest({ method: 'POST', contentType, query, body });
      if ('unreadable' in parsed) expect(parsed.unreadable.detail).not.toBe('');
      else {
        for (const item of itemsOf(parsed)) expect(item).not.toBe('');
        for (const code of codesOf(parsed)) expect(warningCodes).toHaveProperty(code);
      }
    }),
    { numRuns: 400 },
  );
}, 30_000);

test('what JSON carries comes through unchanged', () => {
  const flat = fc.dictionary(
    fc.stringMatching(/^[a-z_]{1,12}$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    {
      minKeys: 1,
    },
  );
  fc.assert(
    fc.property(flat, (data) => {
      fc.pre(!['constructor', '__proto__', 'prototype'].some((name) => Object.hasOwn(data, name)));
      fc.pre(!Object.values(data).some((value) => typeof value === 'string' && /^\s*[[{]/.test(value)));
      expect(dataOf(parse(JSON.stringify(data)))).toEqual({ ...data });
    }),
  );
});
