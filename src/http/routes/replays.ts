import {
  cancelReplay as cancelRoute,
  getReplay as getRoute,
  listReplays as listRoute,
  startReplay as startRoute,
} from '../../contract/replays.ts';
import type { Database } from '../../db/database.ts';
import { listConnectionSettings } from '../../receive/connection-directory.ts';
import { cancelReplay, createReplay } from '../../receive/replay/replay-store.ts';
import { getReplay, listReplays } from '../../report/replay-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type ReplayRoutesDeps = {
  db: Database;
  /** A replay is asked for: it can be worked on. */
  onReplayAsked: () => void;
};

/** Past events read again, in the background (src/receive/replay). */
export function replayRoutes(bind: Bind, { db, onReplayAsked }: ReplayRoutesDeps): void {
  bind(startRoute, async ({ params, body }, { principal }) => {
    if (!(await listConnectionSettings(db)).has(params.id)) throw notFound('connection');
    const id = await createReplay(db, {
      connectionId: params.id,
      dryRun: body.dry_run,
      from: body.from === null ? null : new Date(body.from),
      to: body.to === null ? null : new Date(body.to),
      createdBy: principal!.email ?? principal!.name,
    });
    const asked = (await getReplay(db, id))!;
    onReplayAsked();
    return asked;
  });

  bind(listRoute, ({ params, query }) => listReplays(db, params.id, query));

  bind(getRoute, async ({ params }) => {
    const found = await getReplay(db, params.id);
    if (!found) throw notFound('replay');
    return found;
  });

  bind(cancelRoute, async ({ params }) => {
    const cancelled = await cancelReplay(db, params.id);
    const found = await getReplay(db, params.id);
    if (!found) throw notFound('replay');
    if (!cancelled && found.state !== 'cancelled')
      throw new Problem(409, 'already_over', `This replay is ${found.state} already.`);
    return found;
  });
}
