import { getCall, listCalls, rerunCall as rerunRoute } from '../../contract/calls.ts';
import type { Database } from '../../db/database.ts';
import type { Stage } from '../../domain/stage.ts';
import { type CallDetailDeps, getCall as queryCall } from '../../report/call-detail.ts';
import { listCalls as queryCalls } from '../../report/call-list.ts';
import type { Bind } from '../bind.ts';
import { notFound } from '../problems.ts';

export type CallRoutesDeps = CallDetailDeps & {
  db: Database;
  /** Zone of dates where a query names none. */
  timeZone: string;
  /** Starts a stage again; false when there is no such call. */
  rerun: (callId: string, stage: Stage) => Promise<boolean>;
};

export function callRoutes(bind: Bind, deps: CallRoutesDeps): void {
  bind(listCalls, ({ query }) =>
    queryCalls(deps.db, { ...query, time_zone: query.time_zone ?? deps.timeZone }),
  );

  bind(getCall, async ({ params }) => {
    const call = await queryCall(deps.db, params.id, deps);
    if (!call) throw notFound('call');
    return call;
  });

  bind(rerunRoute, async ({ params, body }) => {
    if (!(await deps.rerun(params.id, body.stage))) throw notFound('call');
    return { id: params.id, stage: body.stage, state: 'waiting' as const };
  });
}
