import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { personalFields } from '../../domain/personal-fields.ts';

/** An erased call, its row locked. */
export type ErasedCall = { id: string; erasure_id: string | null };

/**
 * What is left of the columns of `event e` under an erasure. The caller's number becomes the erasure's id, which is
 * chance and leads to nobody, but lets a report count callers and repeated calls as before.
 */
export function strippedColumns(erasureId: ReturnType<typeof sql.ref>) {
  return sql`body = '', query = '', erased_at = now(), extra = '{}',
    fields = (e.fields - ${[...personalFields]}::text[])
      || case when e.fields ? 'caller_id' then jsonb_build_object('caller_id', ${erasureId}) else '{}' end,
    warnings = (
      select coalesce(jsonb_agg(jsonb_build_object('field', w ->> 'field', 'code', w ->> 'code',
        'message', 'What this quoted was erased.')), '[]')
      from jsonb_array_elements(e.warnings) w)`;
}

/**
 * Takes from the events of erased calls what is personal: the request as it came, and fields that say who called.
 * What a call costs and how it ended stays, so that its events can be merged like any other's. An exact repeat is
 * known by its fingerprint and stores nothing; anything else about the call comes through here before it is merged.
 */
export async function stripErased(tx: Database, calls: ErasedCall[]): Promise<void> {
  if (calls.length === 0) return;
  const pairs = JSON.stringify(calls.map(({ id, erasure_id }) => ({ id, erasure_id })));
  await sql`
    with stripped as (
      update event e set ${strippedColumns(sql.ref('k.erasure_id'))}
      from jsonb_to_recordset(${pairs}::jsonb) as k(id text, erasure_id text) join call c on c.id = k.id
      where e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
        and e.erased_at is null
      returning k.erasure_id
    )
    update erasure set late_events = late_events + s.events
    from (select erasure_id, count(*) as events from stripped group by erasure_id) s
    where erasure.id = s.erasure_id`.execute(tx);
}
