import { type FileHandle, open } from 'node:fs/promises';
import type { SafeFetch, SafeRequest, SafeResponse } from '../lib/safe-fetch.ts';
import { SafeFetchError } from '../lib/safe-fetch-error.ts';
import type { Part, PartFolder, PartOrigin } from './part-folder.ts';

export type DownloadDeps = { safeFetch: SafeFetch; parts: Pick<PartFolder, 'remember'> };

/** An answer that carries no file, though it is no error: 202 and 204 mean that it is being made. */
export class NotReady extends Error {
  override name = 'NotReady';
}

/** So much of the beginning is asked for again and compared: it shows another file, or a damaged end. */
const overlapBytes = 64 * 1024;

/**
 * Downloads into a part. Where it holds a beginning already, only the rest is asked for (Range with If-Range, RFC
 * 9110 §13.1.5, §14); a server that sends another file, or the whole one, is taken at its word and the download
 * begins anew.
 * @param request its `maxBytes` bounds the whole file
 * @returns bytes of the whole file
 * @throws SafeFetchError · NotReady
 */
export async function download(
  url: string,
  part: Part,
  request: SafeRequest & { maxBytes: number },
  deps: DownloadDeps,
): Promise<number> {
  if (part.origin) {
    const bytes = await goOn(url, part, part.origin, request, deps).catch(nullWhereAnother);
    if (bytes !== null) return bytes;
  }
  return receive(await deps.safeFetch(url, request), part, deps);
}

/** What came is not the rest of what we have. */
class AnotherFile extends Error {
  override name = 'AnotherFile';
}

function nullWhereAnother(error: unknown): null {
  const refused = error instanceof SafeFetchError && error.answer?.status === 416;
  if (error instanceof AnotherFile || refused) return null;
  throw error;
}

async function goOn(
  url: string,
  part: Part,
  origin: PartOrigin,
  request: SafeRequest & { maxBytes: number },
  deps: DownloadDeps,
): Promise<number> {
  const from = Math.max(0, part.bytes - overlapBytes);
  const answer = await deps.safeFetch(url, {
    ...request,
    headers: {
      ...request.headers,
      range: `bytes=${from}-`,
      'if-range': origin.etag ?? origin.lastModified ?? '',
    },
    maxBytes: request.maxBytes - from,
  });
  if (answer.status !== 206) return receive(answer, part, deps);
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers['content-range'] ?? '') ?? [];
  const size = total === undefined || total === '*' ? null : Number(total);
  const same = origin.total === null || size === null || size === origin.total;
  if (Number(start) !== from || !same || !isOf(answer, origin)) {
    answer.drop();
    throw new AnotherFile();
  }
  const file = await open(part.path, 'r+');
  try {
    const known = Buffer.alloc(part.bytes - from);
    await file.read(known, 0, known.length, from);
    const bytes = await append(answer.body, file, from, known);
    part.bytes = bytes;
    const wanted = size ?? origin.total;
    if (wanted !== null && bytes !== wanted) throw endedEarly(url);
    return bytes;
  } finally {
    await file.close();
  }
}

async function receive(answer: SafeResponse, part: Part, deps: DownloadDeps): Promise<number> {
  if (answer.status !== 200) {
    answer.drop();
    throw new NotReady(`answered ${answer.status}: the recording is not ready`);
  }
  const origin = originOf(answer);
  part.bytes = 0;
  part.origin = null;
  const file = await open(part.path, 'w', 0o600);
  try {
    if (origin) await deps.parts.remember(part, origin);
    part.bytes = await append(answer.body, file, 0, Buffer.alloc(0));
    return part.bytes;
  } finally {
    await file.close();
  }
}

/** Writes a body from a place on, comparing it with what is known to stand there. @returns where it ended */
async function append(
  body: AsyncIterable<Uint8Array>,
  file: FileHandle,
  from: number,
  known: Buffer,
): Promise<number> {
  let at = from;
  for await (const chunk of body) {
    const rest = known.subarray(at - from);
    const compared = Math.min(rest.length, chunk.length);
    if (compared > 0 && rest.compare(chunk, 0, compared, 0, compared) !== 0) throw new AnotherFile();
    // a file that is full takes less than it is given
    for (let done = compared; done < chunk.length; ) {
      done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
    }
    at += chunk.length;
  }
  if (at < from + known.length) throw new AnotherFile();
  return at;
}

/** How a server names its file; null where it names none, or packs it, so that its bytes cannot be counted. */
function originOf({ headers }: SafeResponse): PartOrigin | null {
  const etag = headers.etag?.startsWith('"') ? headers.etag : null;
  const lastModified = headers['last-modified'] ?? null;
  const packed = (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
  if ((etag === null && lastModified === null) || packed || headers['accept-ranges'] === 'none') return null;
  return { etag, lastModified, total: lengthOf(headers) };
}

function lengthOf(headers: SafeResponse['headers']): number | null {
  const text = headers['content-length'] ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function isOf({ headers }: SafeResponse, origin: PartOrigin): boolean {
  return origin.etag === null || headers.etag === undefined || headers.etag === origin.etag;
}

function endedEarly(url: string): SafeFetchError {
  return new SafeFetchError('incomplete', `${new URL(url).host}: the rest of the file ended early`);
}
