import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';
import type { BlobStore } from '../../storage/blob-store.ts';
import { foldLocked, type LockedCall, type Merge } from '../fold-calls.ts';
import { inTransaction } from '../replay/in-transaction.ts';
import { type ErasedFindings, eraseFindings } from './erase-findings.ts';
import { eraseMentions } from './erase-mentions.ts';
import { expireExports } from './expire-exports.ts';
import { type FoundCaller, findCaller } from './find-caller.ts';
import { strippedColumns } from './strip-erased.ts';

export type Erasure = ErasedFindings & {
  id: string;
  calls: number;
  events: number;
};

export type EraseDeps = {
  db: Database;
  merge: Merge;
  storage: Pick<BlobStore, 'remove'>;
  /** Who asks: a person, a machine key, or `command`. */
  createdBy: string;
  /** Runs in the transaction that erases, as its last step. */
  onErased?: (tx: Database, erasure: Erasure) => Promise<void>;
};

/**
 * Erases a caller: what was sent about him, what was said, its sound, and quotes of it. What stays of his calls is
 * business: when, through whom, for how much, and how it ended, so that reports keep their sums. What a platform
 * sends of these calls afterwards is stripped likewise (stripErased). The log keeps that it was done, and not of whom.
 * @param caller E.164
 * @returns null where nothing leads to him
 */
export async function eraseCaller(caller: string, deps: EraseDeps): Promise<Erasure | null> {
  const found = await findCaller(deps.db, caller);
  if (found.calls.length === 0 && found.eventIds.length === 0) return null;
  const erased = await inTransaction(deps.db, (tx) => erase(tx, caller, found, deps));
  // one that was begun before the erasure was committed has read what stood before
  await expireExports(deps.db);
  for (const hash of erased.files) {
    await deps.db.transaction().execute(async (tx) => {
      const asked = await sql`delete from file_removal where hash = ${hash}`.execute(tx);
      if (asked.numAffectedRows !== 0n) await deps.storage.remove(hash);
    });
  }
  return erased;
}

async function erase(
  tx: Database,
  caller: string,
  { calls, eventIds }: FoundCaller,
  { merge, createdBy, onErased }: EraseDeps,
): Promise<Erasure & { files: string[] }> {
  const id = newId('ers');
  const ids = calls.map((call) => call.id);
  await sql`
    insert into erasure (id, created_by, calls, events, recordings, transcripts, evaluations)
    values (${id}, ${createdBy}, ${ids.length}, 0, 0, 0, 0)`.execute(tx);
  // in the order of every other writer: events, then calls; those that came since they were found included
  await sql`
    select from event e where e.id = any(${eventIds}) or (e.connection_id, e.call_instance_id) in (
      select connection_id, call_instance_id from call where id = any(${ids}))
    order by e.connection_id, e.call_instance_id, e.fingerprint for update`.execute(tx);
  const { rows: locked } = await sql<LockedCall>`
    select id, connection_id, call_instance_id, erasure_id from call where id = any(${ids})
    order by connection_id, call_instance_id for update`.execute(tx);
  await sql`
    update call set erasure_id = ${id},
      explanation = case when explanation is not null then 'The caller was erased, and with him what was said.' end
    where id = any(${ids})`.execute(tx);
  const events = await sql`
    update event e set ${strippedColumns(sql`${id}::text` as never)}
    where e.erased_at is null and (e.id = any(${eventIds}) or (e.connection_id, e.call_instance_id) in (
      select connection_id, call_instance_id from call where id = any(${ids})))`.execute(tx);
  await foldLocked(
    tx,
    merge,
    locked.map((call) => ({ ...call, erasure_id: id })),
  );
  const { files, ...findings } = await eraseFindings(tx, ids);
  await eraseMentions(tx, caller, ids);
  const counts = { id, calls: ids.length, events: Number(events.numAffectedRows), ...findings };
  await sql`
    update erasure set events = ${counts.events}, recordings = ${counts.recordings},
      transcripts = ${counts.transcripts}, evaluations = ${counts.evaluations} where id = ${id}`.execute(tx);
  await onErased?.(tx, counts);
  return { ...counts, files };
}
