import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What arrived in one upload. */
export type Upload = {
  authorization: string | undefined;
  model: string;
  format: string;
  seconds: number;
  bytes: number;
};

/** How the server behaves for an upload; `index` counts from 0. */
export type Behave = (upload: Upload, response: ServerResponse, index: number) => void;

/** A local server that speaks POST /v1/audio/transcriptions, stopped when the test ends. */
export async function transcriptionServer(
  behave: Behave,
): Promise<{ url: string; host: string; uploads: Upload[] }> {
  const uploads: Upload[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const file = form.get('file') as File;
    const wav = Buffer.from(await file.arrayBuffer());
    const upload = {
      authorization: request.headers.authorization,
      model: String(form.get('model')),
      format: String(form.get('response_format')),
      seconds: wav.readUInt32LE(40) / wav.readUInt32LE(28),
      bytes: wav.length,
    };
    uploads.push(upload);
    behave(upload, response, uploads.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, host: `127.0.0.1:${port}`, uploads };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** One word in the middle of each second, with its segment. */
export function goodAnswer(upload: Upload) {
  const count = Math.max(1, Math.floor(upload.seconds));
  const words = Array.from({ length: count }, (_, index) => ({
    word: `Word${index}`,
    start: Math.min(index + 0.2, upload.seconds / 2),
    end: Math.min(index + 0.6, upload.seconds),
  }));
  const text = words.map(({ word }) => word).join(' ');
  return {
    text,
    language: 'english',
    duration: upload.seconds,
    words,
    segments: [{ text, start: 0.2, end: upload.seconds }],
  };
}
