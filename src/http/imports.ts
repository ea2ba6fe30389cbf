import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { getImportErrors, uploadImport } from '../contract/imports.ts';
import type { Database } from '../db/database.ts';
import { importErrorsCsv } from '../export/import-errors-csv.ts';
import { createImport, newImportId } from '../receive/import/import-store.ts';
import { inspectFile } from '../receive/import/read-file.ts';
import { UnreadableFile } from '../receive/import/sniff-file.ts';
import { readImportErrors } from '../report/import-errors.ts';
import { getImport } from '../report/import-list.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { notFound, Problem } from './problems.ts';
import { readInput } from './read-input.ts';

export type ImportUploadDeps = {
  db: Database;
  findPrincipal: FindPrincipal;
  /** Where uploads lie until they are imported. */
  uploadFolder: string;
  maxUploadBytes: number;
  /** An upload is complete: it can be imported. */
  onUpload: () => void;
};

/** `POST /v1/connections/{id}/imports`, whose body is the file itself, and the CSV of its rows in error. */
export async function mountImports(app: FastifyInstance, deps: ImportUploadDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.post('/v1/connections/:id/imports', { config: { isUpload: true } }, async (request, reply) => {
    authorize(await deps.findPrincipal(request), uploadImport.access, request);
    const { params, query } = readInput(uploadImport, { params: request.params, query: request.query });
    const [connectionId, fileName] = [params.id, query.file_name];
    await checkRequest(request, connectionId, deps);
    const id = newImportId();
    const path = join(deps.uploadFolder, id);
    try {
      const { sha256, bytes } = await saveUpload(request.raw, path, deps);
      const { format } = await inspectFile(path);
      const file = { connectionId, source: 'upload' as const, fileName, sha256, bytes, format };
      await createImport(deps.db, file, id);
    } catch (error) {
      await rm(path, { force: true });
      throw error instanceof UnreadableFile ? new Problem(422, 'unreadable_file', error.message) : error;
    }
    deps.onUpload();
    return reply.code(uploadImport.status).send(await getImport(deps.db, id));
  });

  app.get('/v1/imports/:id/errors', async (request, reply) => {
    authorize(await deps.findPrincipal(request), getImportErrors.access, request);
    const { id } = readInput(getImportErrors, request).params;
    const found = await getImport(deps.db, id);
    if (!found) throw notFound('import');
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', attachment(`${found.file_name}.errors.csv`))
      .send(Readable.from(importErrorsCsv(readImportErrors(deps.db, id))));
  });
}

async function checkRequest(request: FastifyRequest, connectionId: string, deps: ImportUploadDeps) {
  const type = request.headers['content-type'] ?? '';
  if (/^(multipart\/|application\/x-www-form-urlencoded)/i.test(type)) {
    throw new Problem(
      415,
      'unsupported_body',
      'Send the file itself as the body, e.g. curl --data-binary @calls.csv -H "Content-Type: text/csv".',
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > deps.maxUploadBytes) throw tooLarge(deps);
  const { rows } = await sql`select from connection where id = ${connectionId}`.execute(deps.db);
  if (rows.length === 0) throw notFound('connection');
}

/** Straight to disk, measured and hashed on the way. @throws Problem 413 beyond the limit */
async function saveUpload(
  body: Readable,
  path: string,
  deps: ImportUploadDeps,
): Promise<{ sha256: Buffer; bytes: number }> {
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > deps.maxUploadBytes ? tooLarge(deps) : null, chunk);
    },
  });
  await mkdir(deps.uploadFolder, { recursive: true });
  // the request itself must outlive a refusal, or there would be nobody to tell
  await pipeline(body.iterator({ destroyOnReturn: false }), meter, createWriteStream(path));
  return { sha256: hash.digest(), bytes };
}

function tooLarge({ maxUploadBytes }: ImportUploadDeps): Problem {
  const megabytes = Math.floor(maxUploadBytes / 1024 / 1024);
  return new Problem(
    413,
    'file_too_large',
    `The file exceeds ${megabytes} MB (ARIA_MAX_IMPORT_MB). Use \`npx aria import\` beside the server, or split it.`,
    {},
    { connection: 'close' },
  );
}

/** A header that any file name fits into (RFC 6266). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
