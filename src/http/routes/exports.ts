import { createExport, getExport, listExports } from '../../contract/exports.ts';
import type { Database } from '../../db/database.ts';
import {
  addExport,
  getExport as queryExport,
  listExports as queryExports,
} from '../../export/export-store.ts';
import { checkColumns, readExportQuery } from '../../export/open-export.ts';
import type { Bind } from '../bind.ts';
import { nameOf } from '../principal.ts';
import { notFound } from '../problems.ts';

export type ExportRoutesDeps = {
  db: Database;
  /** An export was added. */
  onExportAsked: () => void;
};

export function exportRoutes(bind: Bind, { db, onExportAsked }: ExportRoutesDeps): void {
  bind(createExport, async ({ body }, { principal }) => {
    // refused at once, not in the background
    readExportQuery(body.kind, body.query);
    const asked = { ...body, columns: body.columns ?? null };
    checkColumns(asked);
    const id = await addExport(db, asked, nameOf(principal));
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
