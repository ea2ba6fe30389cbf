import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { SafeFetchError } from '../../lib/safe-fetch-error.ts';

const largestFile = 4_000_000_000;
const fileSeconds = 4 * 3600;

/**
 * Downloads a file; what is there already is kept and only the rest is asked for. `onBytes` hears how much is there.
 * @throws SafeFetchError; what came until then stays
 */
export async function downloadFile(
  url: string,
  path: string,
  safeFetch: SafeFetch,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
) {
  const have = await sizeOf(path);
  const headers = { accept: '*/*', ...(have > 0 ? { range: `bytes=${have}-` } : {}) };
  const request = {
    headers,
    maxBytes: largestFile,
    totalSeconds: fileSeconds,
    ...(signal ? { signal } : {}),
  };
  const answer = await safeFetch(url, request).catch((error: unknown) => {
    // all of it is here already, only not renamed yet
    if (have > 0 && error instanceof SafeFetchError && error.answer?.status === 416) return null;
    throw error;
  });
  if (!answer) return;
  const goesOn = answer.status === 206;
  const file = await open(path, goesOn ? 'a' : 'w');
  try {
    let bytes = goesOn ? have : 0;
    for await (const chunk of answer.body) {
      await file.writeFile(chunk);
      bytes += chunk.length;
      onBytes(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes of a file; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** SHA-256 in hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
