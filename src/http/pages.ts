import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound, sendProblem } from './problems.ts';

/** Serves the built pages; every other path that is no API is the page itself, which routes on its own. */
export async function mountPages(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply
        .type('text/plain')
        .send(
          'The pages are not built. Run: npm run build\nThe API is at /v1, its description at /v1/openapi.json.\n',
        ),
    );
    return;
  }
  const index = await readFile(join(folder, 'index.html'));
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders(response, path) {
      // names of built assets change with their content; the few files beside them keep theirs
      const isHashed = path.startsWith(join(folder, 'assets'));
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', async (request, reply) => {
    if (/^\/(v1|auth|health)(\/|$)/.test(request.url)) return sendProblem(reply, notFound('address'));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index);
  });
}
