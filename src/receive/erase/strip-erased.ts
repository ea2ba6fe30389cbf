import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { personalFields } from '../../domain/personal-fields.ts';
import type { LockedCall } from '../fold-calls.ts';

/**
 * Takes from the events of erased calls what is personal: the request as it came, and fields that say who called.
 * What a call costs and how it ended stays, so that its events can be merged like any other's. An exact repeat is
 * known by its fingerprint and stores nothing; anything else about the call comes through here before it is merged.
 * @param calls erased ones, their rows locked
 * @returns how many events were stripped now
 */
export async function stripErased(tx: Database, calls: LockedCall[]): Promise<number> {
  if (calls.length === 0) return 0;
  const erasures = JSON.stringify(calls.map(({ id, erasure_id }) => ({ id, erasure_id })));
  const { rows } = await sql<{ erasure_id: string; stripped: number }>`
    with stripped as (
      update event e set body = '', query = '', erased_at = now(), extra = '{}', fields = e.fields - ${[...personalFields]}::text[],
        warnings = (
          select coalesce(jsonb_agg(jsonb_build_object('field', w ->> 'field', 'code', w ->> 'code',
            'message', 'What this quoted was erased.')), '[]')
          from jsonb_array_elements(e.warnings) w)
      from jsonb_to_recordset(${erasures}::jsonb) as k(id text, erasure_id text) join call c on c.id = k.id
      where e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
        and e.erased_at is null
      returning k.erasure_id
    )
    select erasure_id, count(*) as stripped from stripped group by erasure_id order by erasure_id`.execute(
    tx,
  );
  for (const { erasure_id, stripped } of rows) {
    await sql`update erasure set late_events = late_events + ${stripped} where id = ${erasure_id}`.execute(
      tx,
    );
  }
  return rows.reduce((sum, { stripped }) => sum + stripped, 0);
}
