import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  type EraseResultBody,
  eraseCaller as eraseRoute,
  getErasureTask as getTaskRoute,
  listErasures as listRoute,
} from '../../contract/erasures.ts';
import type { Database } from '../../db/database.ts';
import {
  createErasureTask,
  type ErasureTaskState,
  getErasureTask,
} from '../../receive/erase/erasure-tasks.ts';
import { listErasures } from '../../report/erasure-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type ErasureRoutesDeps = {
  db: Database;
  /** An erasure is asked for: it can be worked on. */
  onEraseAsked: () => void;
};

/** Most are done by then, and need no second question. */
const patienceMs = 5_000;
const lookMs = 50;

/** Callers whose personal data is to go, and the log of it. */
export function erasureRoutes(bind: Bind, { db, onEraseAsked }: ErasureRoutesDeps): void {
  bind(eraseRoute, async ({ body }, { principal }) => {
    const caller = body.caller_id ?? (await findCallerOf(db, body.call_id ?? ''));
    const createdBy = principal!.email ?? principal!.name;
    const id = await createErasureTask(db, { caller, dryRun: body.dry_run, createdBy });
    onEraseAsked();
    return toBody(await waitFor(db, id));
  });

  bind(getTaskRoute, async ({ params }) => {
    const task = await getErasureTask(db, params.id);
    if (!task) throw notFound('erasure task');
    return toBody(task);
  });

  bind(listRoute, ({ query }) => listErasures(db, query));
}

/** The task when it is over, or as it stands once the sender should not wait any longer. */
async function waitFor(db: Database, id: string): Promise<ErasureTaskState> {
  for (const until = performance.now() + patienceMs; ; await sleep(lookMs)) {
    const task = (await getErasureTask(db, id))!;
    if (task.state === 'done' || task.state === 'failed' || performance.now() >= until) return task;
  }
}

function toBody({ id, counts, ...task }: ErasureTaskState): EraseResultBody {
  return { ...nothing, ...counts, ...task, task_id: id };
}

const nothing = { calls: 0, events: 0, recordings: 0, transcripts: 0, evaluations: 0 };

async function findCallerOf(db: Database, callId: string): Promise<string> {
  const { rows } = await sql<{ caller_id: string | null; erasure_id: string | null }>`
    select caller_id, erasure_id from call where id = ${callId}`.execute(db);
  if (!rows[0]) throw notFound('call');
  if (rows[0].erasure_id !== null)
    throw new Problem(409, 'already_erased', 'The caller of this call was erased before.');
  if (!rows[0].caller_id?.startsWith('+'))
    throw new Problem(
      409,
      'unknown_caller',
      'The number of this caller is not known, so nothing else leads to him.',
    );
  return rows[0].caller_id;
}
