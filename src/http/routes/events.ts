import {
  deleteTestEvent as deleteRoute,
  replayEvent as replayRoute,
  sendTestEvent as sendRoute,
} from '../../contract/events.ts';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import { newId } from '../../lib/ids.ts';
import type { ItemAnswer } from '../../receive/answer.ts';
import { listConnectionSettings } from '../../receive/connection-directory.ts';
import { deleteTestEvent } from '../../receive/delete-test-event.ts';
import type { ReceiveDeps } from '../../receive/receive-event.ts';
import { type ReplayDeps, replayEvent } from '../../receive/replay/replay-event.ts';
import { sendTestEvent } from '../../receive/send-test-event.ts';
import { getEvent } from '../../report/event-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type EventRoutesDeps = {
  db: Database;
  receive: ReceiveDeps;
  replay: Pick<ReplayDeps, 'merge' | 'normalize'>;
  /** A realistic event with every documented field, as the connection's platform would send it now. */
  exampleEvent: (connection: Connection, callInstanceId: string) => Record<string, unknown>;
  /** A replay may have given the pipeline work. */
  onReplayed: () => void;
};

/** What can be done with single events: read again, try out, take a try-out away. */
export function eventRoutes(bind: Bind, deps: EventRoutesDeps): void {
  const { db, replay } = deps;

  bind(replayRoute, async ({ params: { id } }) => {
    const connections = await listConnectionSettings(db);
    const done = await replayEvent(connections, id, { db, ...replay });
    const event = done && (await getEvent(db, id));
    if (!event) throw notFound('event');
    deps.onReplayed();
    return { ...done, event };
  });

  bind(deleteRoute, async ({ params: { id } }) => {
    const deleted = await deleteTestEvent(db, replay.merge, id);
    if (deleted === 'unknown') throw notFound('event');
    if (deleted === 'real') {
      throw new Problem(
        409,
        'not_a_test',
        'This event is no test, and what platforms sent is never removed.',
      );
    }
    return { id, call_id: deleted.callId, call_removed: deleted.callRemoved };
  });

  bind(sendRoute, async ({ params, body }) => {
    const connection = (await listConnectionSettings(db)).get(params.id);
    if (!connection) throw notFound('connection');
    const data = body.data ?? deps.exampleEvent(connection, `test-${newId('evt').slice(4)}`);
    const answer = await sendTestEvent(connection, data, deps.receive);
    const event = await getEvent(db, keptAs(answer));
    if (!event) throw notFound('event');
    return { answer: toAnswer(answer), event };
  });
}

function keptAs(answer: ItemAnswer): string {
  return ('receipt' in answer ? answer.receipt.id : answer.refusal.receipt?.id) ?? '';
}

/** As the webhook would say it. */
function toAnswer(answer: ItemAnswer): Record<string, unknown> {
  if ('receipt' in answer) return answer.receipt;
  const { status, code, detail, receipt } = answer.refusal;
  return { type: `/problems/${code}`, status, detail, ...(receipt && { id: receipt.id }) };
}
