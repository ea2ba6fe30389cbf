import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Merge } from '../fold-calls.ts';
import { inTransaction } from './in-transaction.ts';
import { findChanges, type Normalize, readEvents } from './read-again.ts';
import { rewriteEvents } from './rewrite-events.ts';

export type ReplayDeps = { db: Database; merge: Merge; normalize: Normalize };

/** Reads one event again and rebuilds its call. @returns null where there is no such event */
export async function replayEvent(
  connections: Map<string, Connection>,
  id: string,
  { db, merge, normalize }: ReplayDeps,
): Promise<{ changed: boolean; recovered: boolean } | null> {
  if (id.includes('\0')) return null;
  const [stored] = await readEvents(db, [id]);
  if (!stored) return null;
  const changes = findChanges([stored], connections, normalize);
  await inTransaction(db, (tx) => rewriteEvents(tx, merge, changes));
  return { changed: changes.length > 0, recovered: changes.some(isRecovered) };
}

/** Whether an event that was no part of a call becomes one. */
export function isRecovered({ stored, read }: ReturnType<typeof findChanges>[number]): boolean {
  return stored.status !== 'accepted' && read.status === 'accepted';
}
