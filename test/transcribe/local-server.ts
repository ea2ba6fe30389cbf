import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createSafeFetch, type SafeFetch } from '../../src/lib/safe-fetch.ts';

/** A request as it arrived. */
export type Arrived = { request: IncomingMessage; url: URL; body: Buffer };

/** A local HTTP server and a client that may reach it, both stopped when the test ends. */
export async function localServer(
  handle: (arrived: Arrived, response: ServerResponse) => void,
): Promise<{ url: string; safeFetch: SafeFetch }> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => null);
    if (body) handle({ request, url: new URL(request.url!, 'http://local'), body }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const safeFetch = createSafeFetch({ allowHosts: [host] });
  onTestFinished(async () => {
    await safeFetch.close();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://${host}`, safeFetch };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Channels and seconds of a WAV file of 16-bit PCM. */
export function wavFacts(wav: Buffer): { channels: number; seconds: number } {
  return { channels: wav.readUInt16LE(22), seconds: wav.readUInt32LE(40) / wav.readUInt32LE(28) };
}
