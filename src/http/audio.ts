import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { notFound, Problem } from './problems.ts';
import { refuseNul } from './read-input.ts';

export type AudioDeps = {
  db: Database;
  findPrincipal: FindPrincipal;
  /** Reads stored audio, null where the file is gone; the range is in bytes, both ends included. */
  openAudio: (hash: string, range?: { start: number; end: number }) => Promise<Readable | null>;
};

/** `/v1/calls/{id}/audio`: the recording, with ranges so that the player can jump. */
export function mountAudio(app: FastifyInstance, deps: AudioDeps): void {
  app.get('/v1/calls/:id/audio', async (request, reply) => {
    authorize(await deps.findPrincipal(request), 'read', request);
    const { id } = request.params as { id: string };
    refuseNul({ id });
    if (id.includes('\0')) throw notFound('recording');
    const { rows } = await sql<{ hash: string; bytes: number; content_type: string }>`
      select r.hash, r.bytes, r.content_type from call_recording cr join recording r using (hash)
      where cr.call_id = ${id}`.execute(deps.db);
    const recording = rows[0];
    if (!recording) throw notFound('recording');

    const range = readRange(request.headers.range, recording.bytes);
    const audio = await deps.openAudio(recording.hash, range ?? undefined);
    if (!audio) throw notFound('recording');
    reply
      .type(recording.content_type)
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'private, max-age=3600');
    if (!range) return reply.header('content-length', recording.bytes).send(audio);
    return reply
      .code(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${recording.bytes}`)
      .header('content-length', range.end - range.start + 1)
      .send(audio);
  });
}

/** One range only, as players send it; anything else gets the whole file. */
function readRange(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (!match[1] && !match[2])) return null;
  const start = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]));
  const end = match[1] && match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  if (start > end || start >= size) {
    throw new Problem(
      416,
      'bad_range',
      `The recording has ${size} bytes.`,
      {},
      { 'content-range': `bytes */${size}` },
    );
  }
  return { start, end };
}
