import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { type LocalServer, listen } from './local-server.ts';
import { type Sample, samplesFolder } from './sample.ts';

const contentTypes: Record<string, string> = { '.mp3': 'audio/mpeg', '.wav': 'audio/wav' };

/** How a recording is to be had, as the platforms' servers do it. */
export const recordingWays = ['at-once', 'late', 'moved', 'login-page'] as const;
export type RecordingWay = (typeof recordingWays)[number];

/** Where the recording server has a sample. */
export function recordingUrl(server: LocalServer, sampleId: string, way: RecordingWay = 'at-once'): string {
  return `${server.url}/recordings/${way}/${sampleId}.mp3`;
}

/**
 * Serves the samples as recordings, in four ways: `at-once`; `late`, 404 for the first request and the file from
 * the second on, as when the platform is still writing it; `moved`, by a redirect; and `login-page`, HTML under the
 * name of a recording, for ever.
 */
export async function startRecordingServer(samples: readonly Sample[]): Promise<LocalServer> {
  const asked = new Set<string>();
  const server = createServer(async (request, response) => {
    const [, way, id] = /^\/recordings\/([\w-]+)\/([\w-]+)\.mp3$/.exec(request.url ?? '') ?? [];
    const sample = samples.find((one) => one.id === id);
    const early = way === 'late' && !asked.has(`${id}`);
    asked.add(`${id}`);
    if (way === 'login-page') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title><p>Your session has ended. Please sign in.</p>');
    } else if (sample === undefined || early) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Recording not found');
    } else if (way === 'moved') {
      response.writeHead(302, { location: `/recordings/at-once/${id}.mp3` }).end();
    } else {
      const type = contentTypes[extname(sample.file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type });
      response.end(await readFile(`${samplesFolder}/${sample.file}`));
    }
  });
  return listen(server);
}
