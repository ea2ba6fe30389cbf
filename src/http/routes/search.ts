import { searchCalls } from '../../contract/search.ts';
import type { Database } from '../../db/database.ts';
import { searchCalls as querySearch } from '../../report/search.ts';
import type { Bind } from '../bind.ts';

export function searchRoutes(bind: Bind, deps: { db: Database; timeZone: string }): void {
  bind(searchCalls, ({ query }) =>
    querySearch(deps.db, { ...query, time_zone: query.time_zone ?? deps.timeZone }),
  );
}
