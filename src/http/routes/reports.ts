import { listChanges } from '../../contract/changes.ts';
import { listCustomFields } from '../../contract/custom-fields.ts';
import { getBreakdown, getPipeline, listMetrics } from '../../contract/reports.ts';
import type { Database } from '../../db/database.ts';
import { getBreakdown as queryBreakdown } from '../../report/breakdown.ts';
import { listChanges as queryChanges } from '../../report/change-list.ts';
import { listCustomFields as queryCustomFields } from '../../report/custom-fields.ts';
import { allDefinitions } from '../../report/definitions.ts';
import { getPipelineState } from '../../report/pipeline-state.ts';
import type { Bind } from '../bind.ts';

export function reportRoutes(bind: Bind, deps: { db: Database; timeZone: string }): void {
  bind(getBreakdown, ({ query }) =>
    queryBreakdown(deps.db, { ...query, time_zone: query.time_zone ?? deps.timeZone }),
  );
  bind(listCustomFields, ({ query }) => queryCustomFields(deps.db, query));
  bind(listMetrics, async () => ({ items: allDefinitions }));
  bind(listChanges, ({ query }) =>
    queryChanges(deps.db, { ...query, time_zone: query.time_zone ?? deps.timeZone }),
  );
  bind(getPipeline, () => getPipelineState(deps.db));
}
