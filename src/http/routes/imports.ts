import { getImport, listImports } from '../../contract/imports.ts';
import type { Database } from '../../db/database.ts';
import { getImport as queryImport, listImports as queryImports } from '../../report/import-list.ts';
import type { Bind } from '../bind.ts';
import { notFound } from '../problems.ts';

/** Imports and how far they are; uploads come in by src/http/imports.ts. */
export function importRoutes(bind: Bind, { db }: { db: Database }): void {
  bind(listImports, ({ params, query }) => queryImports(db, params.id, query));

  bind(getImport, async ({ params }) => {
    const found = await queryImport(db, params.id);
    if (!found) throw notFound('import');
    return found;
  });
}
