import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { envelopeNames } from '../src/receive/envelopes.ts';
import { documentedEvent } from './documented-event.ts';
import type { Random } from './fuzz-ingest-random.ts';
import { awkwardName, awkwardValue, deepJson, hugeNumber } from './fuzz-ingest-values.ts';

/** One request as it goes over the wire. */
export type FuzzRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
};

/** A connection to post to. */
export type Keys = { connectionId: string; apiKey: string; platform: keyof typeof platformNames };

type Event = Record<string, unknown>;
type Content = { type: string; body: Buffer };

/** Platforms whose connections are posted to, with names that each has for fields of the contract. */
export const platformNames = {
  generic: {},
  ringba: {
    call_instance_id: 'inboundCallId',
    buyer_name: 'buyer',
    duration: 'callLengthInSeconds',
    revenue: 'conversionAmount',
  },
  trackdrive: {
    call_instance_id: 'uuid',
    buyer_name: 'buyer',
    caller_id: 'caller_number',
    duration: 'total_duration',
  },
  retreaver: { call_instance_id: 'call_uuid', caller_id: 'caller', duration: 'total_duration_in_seconds' },
  invoca: {
    call_instance_id: 'complete_call_id',
    caller_id: 'calling_phone_number',
    buyer_name: 'advertiser_name',
  },
} satisfies Record<string, Record<string, string>>;

/** The `number`-th request of a run: a documented event in some platform's style, then spoilt more or less. */
export function fuzzRequest(random: Random, number: number, keys: Keys): FuzzRequest {
  const event = makeEvent(random, number, keys);
  const content = makeContent(random, event);
  if (random.oneIn(3)) content.body = mutate(random, content.body);
  if (random.oneIn(10)) content.type = oddType(random);
  const headers: Record<string, string> = { 'content-type': content.type };
  if (random.oneIn(12)) delete headers['content-type'];
  const path = makePath(random, event, keys, headers);
  if (random.oneIn(8)) compress(random, content, headers);
  const method = random.oneIn(12)
    ? random.pick(['GET', 'HEAD', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'])
    : 'POST';
  return { method, path, headers, body: random.oneIn(40) ? null : content.body };
}

function makeEvent(random: Random, number: number, keys: Keys): Event {
  // few calls, so that events meet in one call, and repeats occur
  const callId = random.oneIn(3) ? `fuzz-${random.below(50)}` : `fuzz-${number}`;
  const spelled: Record<string, string> = random.oneIn(4) ? {} : platformNames[keys.platform];
  const event: Event = {};
  for (const [name, value] of Object.entries(documentedEvent(keys, callId))) {
    if (name === 'api_key' || name === 'connection_id' || !random.oneIn(4))
      event[spelled[name] ?? name] = value;
  }
  const spoilt = random.oneIn(2) ? 0 : random.below(6);
  for (let i = 0; i < spoilt; i++) {
    const name = random.oneIn(4) ? awkwardName(random) : random.pick(Object.keys(event));
    // mostly still ours, or the whole run would be refusals
    if (/api_?key|connection_?id/i.test(name) && !random.oneIn(10)) continue;
    Object.defineProperty(event, name, {
      value: awkwardValue(random),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  if (random.oneIn(20))
    event.event = random.pick(['incoming', 'connected', 'completed', 'converted', 'recording', 7, {}]);
  return event;
}

function makeContent(random: Random, event: Event): Content {
  const json = () => Buffer.from(JSON.stringify(event));
  const style = random.below(22);
  if (style < 9) return { type: 'application/json', body: json() };
  if (style < 12) return { type: 'application/x-www-form-urlencoded', body: Buffer.from(toForm(event)) };
  if (style < 14) return toMultipart(random, event);
  if (style === 14)
    return { type: 'application/json', body: Buffer.from(JSON.stringify(envelope(random, event))) };
  if (style === 15)
    return { type: 'application/json', body: Buffer.from(JSON.stringify(JSON.stringify(event))) };
  if (style === 16) return { type: 'application/json', body: Buffer.from(duplicateKeys(random, event)) };
  if (style === 17)
    return {
      type: 'application/json',
      body: Buffer.from(withRaw(event, random.oneIn(2) ? deepJson(random) : hugeNumber(random))),
    };
  if (style === 18) return oddCharset(random, event);
  if (style === 20) return toLines(random, event);
  if (style === 21) return toBrackets(random, event);
  return {
    type: 'application/octet-stream',
    body: random.bytes(random.below(random.oneIn(20) ? 40_000 : 300)),
  };
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toForm(event: Event): string {
  // URLSearchParams would mend lone surrogates itself, as it should
  return new URLSearchParams(
    Object.entries(event).map(([name, value]): [string, string] => [name, asText(value)]),
  ).toString();
}

/** One event a line; now and then a line is broken, or of something else. */
function toLines(random: Random, event: Event): Content {
  const lines = Array.from({ length: random.pick([1, 2, 30, 501]) }, (_, i) =>
    random.oneIn(8) ? `{"broken":${i}` : JSON.stringify({ ...event, call_instance_id: `line-${i}` }),
  );
  const type = random.pick(['application/x-ndjson', 'application/json', 'text/plain']);
  return { type, body: Buffer.from(lines.join(random.pick(['\n', '\r\n', '\n\n']))) };
}

/** The form fields of PHP and Rails: `data[a]`, `calls[0][a]`, `calls[][a]`, some of them against each other. */
function toBrackets(random: Random, event: Event): Content {
  const envelope = random.pick(envelopeNames);
  const form = (inner: string) =>
    Object.entries(event).map(([name, value]): [string, string] => [
      `${envelope}${inner}[${name}]`,
      asText(value),
    ]);
  const pairs = random.pick<() => [string, string][]>([
    () => form(''),
    () => [...form('[0]'), ...form('[7]')],
    () => [...form('[]'), ...form('[]')],
    () => [...form('[0]'), [`${envelope}[0]`, '1'], [envelope, '2'], [`${envelope}${'[x]'.repeat(40)}`, '3']],
  ])();
  return {
    type: 'application/x-www-form-urlencoded',
    body: Buffer.from(new URLSearchParams(pairs).toString()),
  };
}

function toMultipart(random: Random, event: Event): Content {
  const boundary = random.oneIn(10)
    ? random.pick(['', '"', 'a b', 'x'.repeat(300), '--'])
    : `b${random.below(1e9)}`;
  const parts = Object.entries(event).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${asText(value)}\r\n`,
  );
  if (random.oneIn(5)) {
    parts.push(
      `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n`,
    );
  }
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  };
}

function envelope(random: Random, event: Event): unknown {
  const { api_key, connection_id, ...rest } = event;
  return random.pick<unknown>([
    { api_key, connection_id, data: rest },
    { payload: { call: event } },
    { api_key, Notifications: [rest, { ...rest, call_instance_id: 'second' }, rest] },
    [event, { ...event, call_instance_id: 'other' }, awkwardValue(random)],
    Array.from({ length: random.pick([3, 40, 501]) }, (_, i) => ({
      api_key,
      connection_id,
      call_instance_id: `list-${i}`,
    })),
    { data: JSON.stringify(event) },
    { data: { data: { data: { data: event } } } },
    {
      api_key,
      connection_id,
      [random.pick(envelopeNames)]: [rest, JSON.stringify(rest), awkwardValue(random)],
    },
    { api_key, connection_id, [random.pick(envelopeNames)]: random.oneIn(2) ? awkwardValue(random) : rest },
    { ...event, [random.pick(envelopeNames)]: [awkwardValue(random), { note: awkwardValue(random) }] },
  ]);
}

function duplicateKeys(random: Random, event: Event): string {
  const name = random.pick(Object.keys(event));
  return `{${JSON.stringify(name)}:${JSON.stringify(awkwardValue(random))},${JSON.stringify(event).slice(1)}`;
}

function withRaw(event: Event, raw: string): string {
  return `{"note":${raw},${JSON.stringify(event).slice(1)}`;
}

function oddCharset(random: Random, event: Event): Content {
  const text = JSON.stringify(event);
  const swapped = () => Buffer.from(text, 'utf16le').swap16();
  return random.pick<() => Content>([
    () => ({ type: 'application/json; charset=utf-16', body: Buffer.from(`\ufeff${text}`, 'utf16le') }),
    () => ({ type: 'application/json', body: Buffer.from(text, 'utf16le') }),
    () => ({ type: 'application/json; charset=utf-16be', body: swapped() }),
    () => ({ type: 'application/json; charset=windows-1252', body: Buffer.from(text, 'latin1') }),
    () => ({ type: 'application/json; charset="utf-7', body: Buffer.from(`\ufeff${text}`) }),
    () => ({ type: 'application/json;charset=shift_jis', body: random.bytes(200) }),
  ])();
}

function mutate(random: Random, body: Buffer): Buffer {
  const at = () => random.below(body.length + 1);
  return random.pick<() => Buffer>([
    () => body.subarray(0, at()),
    () => body.subarray(at()),
    () => flipBytes(random, body),
    () => insert(body, at(), Buffer.alloc(1 + random.below(5))),
    () => insert(body, at(), random.bytes(1 + random.below(30))),
    () => insert(body, at(), Buffer.from([0xed, 0xa0, 0x80])),
    () =>
      insert(
        body,
        at(),
        Buffer.from(random.pick(['\\u0000', '\\ud800', ',', '"', '}', '{', '[', '%', '&', '%00', '\n'])),
      ),
    () => Buffer.concat([body, body]),
    () => insert(body, at(), Buffer.alloc(random.pick([2_000, 200_000, 1_048_576]), 0x20)),
  ])();
}

function flipBytes(random: Random, body: Buffer): Buffer {
  const copy = Buffer.from(body);
  for (let i = random.below(8); i >= 0 && copy.length > 0; i--)
    copy[random.below(copy.length)] = random.below(256);
  return copy;
}

function insert(body: Buffer, at: number, piece: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), piece, body.subarray(at)]);
}

function oddType(random: Random): string {
  return random.pick([
    ...[
      'text/plain',
      'text/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      ';;;',
      'application/json; charset',
    ],
    ...[
      'application/json;charset=utf8',
      'multipart/form-data; boundary=',
      'APPLICATION/JSON',
      'x'.repeat(500),
      'a/b; charset=\xff',
    ],
  ]);
}

/** Where the key and the connection's id stand besides the body, or instead of it. */
function makePath(random: Random, event: Event, keys: Keys, headers: Record<string, string>): string {
  const way = random.below(10);
  if (way === 0) headers['x-api-key'] = keys.apiKey;
  if (way === 1)
    headers.authorization = random.pick([
      `Bearer ${keys.apiKey}`,
      'Bearer',
      'Basic Og==',
      `bearer  ${keys.apiKey} `,
    ]);
  if (way === 2) return `/v1/events/${keys.connectionId}?api_key=${keys.apiKey}`;
  if (way === 3) return `/v1/events?${toForm(event).slice(0, 8_000)}`;
  if (way === 4)
    return `/v1/events/${random.pick([keys.connectionId, '%00', '%ff', 'x'.repeat(400), '..%2f', '%'])}?a=%zz&=&&b`;
  return '/v1/events';
}

function compress(random: Random, content: Content, headers: Record<string, string>): void {
  const [name, run] = random.pick<readonly [string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip', (bytes) => bytes],
    ['gzip', (bytes) => gzipSync(bytes).subarray(0, -9)],
    ['gzip, gzip', gzipSync],
    ['zstd', (bytes) => bytes],
  ]);
  headers['content-encoding'] = name;
  content.body = run(content.body);
}
