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

/**
 * `/v1/calls/{id}/audio`: the recording, with ranges so that the player can jump. Where something was removed from
 * the transcript, the copy in which it is silent, and nothing else. Before the call is transcribed only those who may
 * change things hear it.
 */
export function mountAudio(app: FastifyInstance, deps: AudioDeps): void {
  app.get('/v1/calls/:id/audio', async (request, reply) => {
    const principal = await deps.findPrincipal(request);
    authorize(principal, 'read', request);
    const { id } = request.params as { id: string };
    refuseNul({ id });
    if (id.includes('\0')) throw notFound('recording');
    const recording = await findPlayable(deps.db, id);
    if (!recording) throw notFound('recording');
    // numbers are silenced only once the words are known
    if (!recording.transcribed) authorize(principal, 'write', request);

    const range = readRange(request.headers.range, recording.bytes);
    const audio = await deps.openAudio(recording.hash, range ?? undefined);
    if (!audio) throw notFound('recording');
    reply
      .type(recording.content_type)
      .header('accept-ranges', 'bytes')
      // what is heard now may be silent once the call is transcribed, or transcribed again
      .header('cache-control', recording.transcribed ? 'private, max-age=300' : 'private, no-store');
    if (!range) return reply.header('content-length', recording.bytes).send(audio);
    return reply
      .code(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${recording.bytes}`)
      .header('content-length', range.end - range.start + 1)
      .send(audio);
  });
}

type Playable = { hash: string; bytes: number; content_type: string; transcribed: boolean };

async function findPlayable(db: Database, callId: string): Promise<Playable | null> {
  const { rows } = await sql<Playable>`
    select coalesce(r.muted_hash, r.hash) as hash,
      case when r.muted_hash is null then r.bytes else r.muted_bytes end as bytes,
      coalesce(r.muted_content_type, r.content_type) as content_type,
      exists (select from transcript t where t.hash = r.hash) as transcribed
    from call_recording cr join recording r using (hash)
    where cr.call_id = ${callId}`.execute(db);
  return rows[0] ?? null;
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
