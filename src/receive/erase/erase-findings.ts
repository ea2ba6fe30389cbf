import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** How much was found on a caller's calls. */
export type ErasedFindings = { recordings: number; transcripts: number; evaluations: number };

/** How much an erasure of these calls would take. */
export async function countFindings(db: Database, callIds: string[]): Promise<ErasedFindings> {
  const { rows } = await sql<ErasedFindings>`
    select (select count(*) from call_recording where call_id = any(${callIds})) as recordings,
      (select count(*) from transcript where call_id = any(${callIds})) as transcripts,
      (select count(*) from evaluation where call_id = any(${callIds})) as evaluations`.execute(db);
  return rows[0]!;
}

/**
 * Takes away what was heard on calls: sound, text, and every quote of it. That a call was evaluated, by which
 * scorecard and with which outcome, stays, and so does what a person decided about it, without his words.
 * @returns `files`: hashes of audio that no other call has; they are noted in file_removal until they are gone
 */
export async function eraseFindings(
  tx: Database,
  callIds: string[],
): Promise<ErasedFindings & { files: string[] }> {
  const counts = await countFindings(tx, callIds);
  // what is being worked on finds itself outdated, and writes nothing
  await sql`
    update call_stage set run = run + 1, input = null, error_detail = null, finished_at = coalesce(finished_at, now()),
      error_code = null, state = case when state = 'done' then 'done' else 'skipped' end
    where call_id = any(${callIds})`.execute(tx);
  await sql`delete from transcript where call_id = any(${callIds})`.execute(tx);
  const { rows } = await sql<{ hash: string }>`
    with recent as (
      delete from call_recording where call_id = any(${callIds}) returning hash
    ), earlier as (
      delete from earlier_recording where call_id = any(${callIds}) returning hash
    ) select hash from recent union select hash from earlier`.execute(tx);
  const files = await removeRecordings(
    tx,
    rows.map(({ hash }) => hash),
  );
  await sql`
    update evaluation set answers = '[]',
      outcome = outcome - '{explanation,disqualifier,resultEvidence,flagEvidence}'::text[]
    where call_id = any(${callIds})`.execute(tx);
  // what a model took stays for the sums; its answers quote the caller
  await sql`update model_answer set answer = '{}' where call_id = any(${callIds})`.execute(tx);
  await sql`
    update review set evidence = '[]', reason = '', value = case when ${isWord('value')} then value else 'erased' end,
      judged = case when judged is null or ${isWord('judged')} then judged when judged = value then 'erased'
        else 'erased before' end
    where call_id = any(${callIds})`.execute(tx);
  await sql`
    update rescore_result set before = before - 'explanation', after = after - 'explanation'
    where call_id = any(${callIds})`.execute(tx);
  return { ...counts, files };
}

/** Whether a person's correction is a word of ours; the value of an answer may be the caller's. */
function isWord(column: 'value' | 'judged') {
  return sql`(field <> 'answer' or ${sql.ref(column)} in ('yes', 'no', 'unknown'))`;
}

/** Removes recordings that no call refers to any more. @returns the hashes of their files, muted copies included */
async function removeRecordings(tx: Database, hashes: string[]): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    with gone as (
      delete from recording r where r.hash = any(${hashes})
        and not exists (select from call_recording where hash = r.hash)
        and not exists (select from earlier_recording where hash = r.hash)
        and not exists (select from transcript where hash = r.hash)
      returning r.hash, r.muted_hash, r.sealed_hash
    ), files as (
      select distinct f.hash from gone cross join lateral (values (gone.hash), (muted_hash), (sealed_hash)) f(hash)
      where f.hash is not null and not exists (
        select from recording o where (o.muted_hash = f.hash or o.sealed_hash = f.hash)
          and o.hash not in (select hash from gone))
    )
    insert into file_removal (hash) select hash from files
    on conflict (hash) do update set requested_at = now() returning hash`.execute(tx);
  return rows.map(({ hash }) => hash);
}
