import { deleteSavedReport, listSavedReports, saveReport } from '../../contract/saved-reports.ts';
import type { Database } from '../../db/database.ts';
import { readExportQuery } from '../../export/open-export.ts';
import { resolvePeriod } from '../../schedule/resolve-period.ts';
import {
  saveReport as keepReport,
  ownerOfSavedReport,
  listSavedReports as queryReports,
  deleteSavedReport as removeReport,
} from '../../schedule/saved-report-store.ts';
import type { Bind } from '../bind.ts';
import { nameOf } from '../principal.ts';
import { notFound, Problem } from '../problems.ts';

export function savedReportRoutes(bind: Bind, { db, timeZone }: { db: Database; timeZone: string }): void {
  bind(listSavedReports, ({ query }) => queryReports(db, query));

  bind(saveReport, async ({ body }, { principal }) => {
    // asked as it will be when it is due
    readExportQuery(body.kind, resolvePeriod(body.query, new Date(), timeZone));
    return keepReport(db, { ...body, owner: nameOf(principal) });
  });

  bind(deleteSavedReport, async ({ params }, { principal }) => {
    const owner = await ownerOfSavedReport(db, params.id);
    const isOwn = owner === nameOf(principal);
    if (owner !== null && !isOwn && !principal?.scopes.includes('admin')) {
      throw new Problem(
        403,
        'forbidden',
        `It belongs to ${owner}; only he, or the scope \`admin\`, removes it.`,
      );
    }
    if (!(await removeReport(db, params.id))) throw notFound('saved report');
    return { id: params.id };
  });
}
