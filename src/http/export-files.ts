import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { getExportFile } from '../contract/exports.ts';
import type { Database } from '../db/database.ts';
import { exportTypes } from '../export/export-column.ts';
import { getExport } from '../export/export-store.ts';
import { exportPath } from '../export/run-exports.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { notFound, Problem } from './problems.ts';
import { readInput } from './read-input.ts';

export type ExportFilesDeps = { db: Database; findPrincipal: FindPrincipal; exportFolder: string };

/** `GET /v1/exports/{id}/file`: the file of a finished export. */
export function mountExportFiles(app: FastifyInstance, deps: ExportFilesDeps): void {
  app.get('/v1/exports/:id/file', async (request, reply) => {
    authorize(await deps.findPrincipal(request), getExportFile.access, request);
    const task = await getExport(deps.db, readInput(getExportFile, request).params.id);
    const isOver = task?.expires_at != null && Date.parse(task.expires_at) <= Date.now();
    if (!task || isOver) throw notFound('export');
    if (task.state !== 'done') throw new Problem(409, 'not_ready', `The export is ${task.state}.`);
    const path = exportPath(deps.exportFolder, task);
    const size = await stat(path).then(
      (file) => file.size,
      () => null,
    );
    if (size === null) {
      throw new Problem(
        404,
        'not_here',
        'The file is not in this data folder: another process of this Aria wrote it, or it was removed. Export again.',
      );
    }
    const name = `aria-${task.kind.replaceAll('_', '-')}-${task.created_at.slice(0, 10)}.${task.format}`;
    return reply
      .type(exportTypes[task.format])
      .headers({ 'content-disposition': `attachment; filename="${name}"`, 'content-length': size })
      .send(createReadStream(path));
  });
}
