import { sql } from 'kysely';
import {
  type EraseResultBody,
  eraseCaller as eraseRoute,
  listErasures as listRoute,
} from '../../contract/erasures.ts';
import type { Database } from '../../db/database.ts';
import { type EraseDeps, eraseCaller } from '../../receive/erase/erase-caller.ts';
import { previewErasure } from '../../receive/erase/preview-erasure.ts';
import { listErasures } from '../../report/erasure-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type ErasureRoutesDeps = {
  db: Database;
  erase: Pick<EraseDeps, 'merge' | 'storage'>;
};

/** Callers whose personal data is to go, and the log of it. */
export function erasureRoutes(bind: Bind, { db, erase }: ErasureRoutesDeps): void {
  bind(eraseRoute, async ({ body }, { principal }) => {
    const caller = body.caller_id ?? (await findCallerOf(db, body.call_id ?? ''));
    if (body.dry_run) {
      const { calls, ...found } = await previewErasure(db, caller);
      return { dry_run: true, erasure_id: null, ...found, calls: calls.length };
    }
    const createdBy = principal!.email ?? principal!.name;
    const done = await eraseCaller(caller, { db, ...erase, createdBy });
    if (!done) return nothing;
    const { calls, events, recordings, transcripts, evaluations } = done;
    return {
      ...{ dry_run: false, erasure_id: done.id, calls, events },
      ...{ recordings, transcripts, evaluations },
    };
  });

  bind(listRoute, ({ query }) => listErasures(db, query));
}

const nothing: EraseResultBody = {
  ...{ dry_run: false, erasure_id: null, calls: 0, events: 0 },
  ...{ recordings: 0, transcripts: 0, evaluations: 0 },
};

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
