import { createExport, getExport, listExports } from '../../contract/exports.ts';
import type { Database } from '../../db/database.ts';
import {
  addExport,
  getExport as queryExport,
  listExports as queryExports,
} from '../../export/export-store.ts';
import { readExportQuery } from '../../export/open-export.ts';
import { callColumnIds } from '../../report/call-export.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type ExportRoutesDeps = {
  db: Database;
  /** An export was added. */
  onExportAsked: () => void;
};

export function exportRoutes(bind: Bind, { db, onExportAsked }: ExportRoutesDeps): void {
  bind(createExport, async ({ body }, { principal }) => {
    // refused at once, not in the background
    readExportQuery(body.kind, body.query);
    const unknown = body.columns?.find((id) => body.kind !== 'calls' || !callColumnIds.includes(id));
    if (unknown !== undefined) {
      const message = `There is no column ${unknown}. Known of calls: ${callColumnIds.join(', ')}.`;
      throw new Problem(400, 'bad_request', message, { errors: [{ field: 'columns', message }] });
    }
    const asked = { ...body, columns: body.columns ?? null };
    const id = await addExport(db, asked, principal?.email ?? principal?.name ?? '');
    onExportAsked();
    return (await queryExport(db, id))!;
  });

  bind(listExports, ({ query }) => queryExports(db, query));

  bind(getExport, async ({ params }) => {
    const found = await queryExport(db, params.id);
    if (!found) throw notFound('export');
    return found;
  });
}
