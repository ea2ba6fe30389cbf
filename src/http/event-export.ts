import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type EventBody, exportEvents } from '../contract/events.ts';
import type { Database } from '../db/database.ts';
import { eventsCsv } from '../export/events-csv.ts';
import type { EventFilters } from '../report/event-filters.ts';
import { listEvents } from '../report/event-list.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { readInput } from './read-input.ts';

export type EventExportDeps = { db: Database; findPrincipal: FindPrincipal; timeZone: string };

/** Bodies come along: a page of them has to fit into memory. */
const pageEvents = 200;

/** `GET /v1/events/export`: the whole log under a filter, page by page as the reader takes it. */
export function mountEventExport(app: FastifyInstance, deps: EventExportDeps): void {
  app.get('/v1/events/export', async (request, reply) => {
    authorize(await deps.findPrincipal(request), exportEvents.access, request);
    const { format, ...filters } = readInput(exportEvents, request).query;
    const query = { ...filters, time_zone: filters.time_zone ?? deps.timeZone };
    // asked before the answer begins, so that a wrong filter is still told as such
    const first = await listEvents(deps.db, { ...query, limit: pageEvents });
    const pages = readPages(deps.db, query, first);
    return reply
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
      .header('content-disposition', `attachment; filename="aria-events.${format}"`)
      .send(Readable.from(format === 'csv' ? eventsCsv(pages) : toNdjson(pages)));
  });
}

async function* readPages(
  db: Database,
  query: EventFilters,
  first: { items: EventBody[]; next: string | null },
): AsyncGenerator<EventBody[]> {
  let page = first;
  for (;;) {
    yield page.items;
    if (page.next === null) return;
    page = await listEvents(db, { ...query, limit: pageEvents, cursor: page.next });
  }
}

async function* toNdjson(pages: AsyncIterable<EventBody[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((event) => `${JSON.stringify(event)}\n`).join('');
}
