import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { exportReviews } from '../contract/reviews.ts';
import type { Database } from '../db/database.ts';
import { type LabelledCall, listLabelledCalls } from '../report/labelled-calls.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { readInput } from './read-input.ts';

/** `GET /v1/reviews/export`: reviewed calls as labelled calls, page by page as the reader takes them. */
export function mountReviewExport(
  app: FastifyInstance,
  deps: { db: Database; findPrincipal: FindPrincipal },
): void {
  app.get('/v1/reviews/export', async (request, reply) => {
    authorize(await deps.findPrincipal(request), exportReviews.access, request);
    const { query } = readInput(exportReviews, request);
    return reply
      .type('application/x-ndjson')
      .header('content-disposition', 'attachment; filename="aria-reviewed-calls.jsonl"')
      .send(Readable.from(toLines(listLabelledCalls(deps.db, query))));
  });
}

async function* toLines(calls: AsyncIterable<LabelledCall>): AsyncGenerator<string> {
  for await (const call of calls) yield `${JSON.stringify(call)}\n`;
}
