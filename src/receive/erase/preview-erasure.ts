import type { Database } from '../../db/database.ts';
import { countFindings, type ErasedFindings } from './erase-findings.ts';
import { type FoundCaller, findCaller } from './find-caller.ts';

/** What an erasure would take; nothing is changed. @param caller E.164 */
export async function previewErasure(
  db: Database,
  caller: string,
): Promise<ErasedFindings & { calls: FoundCaller['calls']; events: number }> {
  const { calls, eventIds } = await findCaller(db, caller);
  const findings = await countFindings(
    db,
    calls.map(({ id }) => id),
  );
  return { calls, events: eventIds.length, ...findings };
}
