import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { limits } from './limits.ts';

/** Why a body could not be read. `bytes` holds what came, where it came whole, so that it can be kept. */
export type BodyFault = {
  status: 400 | 408 | 413;
  code: 'body_too_large' | 'body_too_slow' | 'body_cut_off' | 'bad_encoding';
  detail: string;
  bytes: Buffer | null;
};

/** The decoded bytes of a request, never truncated, or the fault. */
export type BodyRead = { body: Buffer } | { fault: BodyFault };

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

function tooLarge(maxBytes: number): { fault: BodyFault } {
  const detail = `The body exceeds ${maxBytes} bytes. Nothing of it was kept.`;
  return { fault: { status: 413, code: 'body_too_large', detail, bytes: null } };
}

/** Collects the stream within size and time. On a fault the stream is paused; the caller closes the connection. */
function collect(stream: IncomingMessage, maxBytes: number, maxMilliseconds: number): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: BodyRead) => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
      if ('fault' in result) {
        stream.on('error', () => undefined);
        stream.pause();
      }
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) settle(tooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = () => settle({ body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size) });
    const onCut = () => {
      const detail = 'The connection closed before the body was complete.';
      settle({ fault: { status: 400, code: 'body_cut_off', detail, bytes: null } });
    };
    const timer = setTimeout(() => {
      const detail = `The body was not complete after ${maxMilliseconds / 1000} seconds.`;
      settle({ fault: { status: 408, code: 'body_too_slow', detail, bytes: null } });
    }, maxMilliseconds);
    stream.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}

async function decode(wire: Buffer, encoding: string, maxBytes: number): Promise<BodyRead> {
  const bad = (detail: string) =>
    ({ fault: { status: 400, code: 'bad_encoding', detail, bytes: wire } }) as const;
  if (!Object.hasOwn(decoders, encoding)) {
    return bad('Content-Encoding must be one of gzip, deflate, br, once.');
  }
  // Some senders' "deflate" lacks the zlib header (RFC 1950) that the name stands for in HTTP.
  const isRaw = encoding === 'deflate' && (wire[0]! & 0x0f) !== 8;
  const run = isRaw ? promisify(inflateRaw) : decoders[encoding as keyof typeof decoders];
  try {
    return { body: await run(wire, { maxOutputLength: maxBytes }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxBytes);
    return bad(`The body is not ${encoding}, though Content-Encoding says so.`);
  }
}

/** Compressed without saying so: no text begins with these bytes (RFC 1952). */
function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b && body[2] === 8;
}

/**
 * Reads a request's body whole: at most `maxBytes` on the wire and as many decoded (a compression bomb stops
 * there), within `maxMilliseconds`. Undoes one layer of gzip, deflate or br; gzip
 * also where no header tells of it. Never rejects, never truncates.
 * After a fault the rest of the stream is unread: answer with `Connection: close`.
 */
export async function readBody(
  stream: IncomingMessage,
  { maxBytes, maxMilliseconds }: { maxBytes: number; maxMilliseconds: number } = {
    maxBytes: limits.bodyBytes,
    maxMilliseconds: limits.bodyMilliseconds,
  },
): Promise<BodyRead> {
  if (Number(stream.headers['content-length']) > maxBytes) return tooLarge(maxBytes);
  const wire = await collect(stream, maxBytes, maxMilliseconds);
  if ('fault' in wire) return wire;
  const encoding = stream.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity' || wire.body.length === 0) {
    return isGzip(wire.body) ? decode(wire.body, 'gzip', maxBytes) : wire;
  }
  return decode(wire.body, encoding, maxBytes);
}
