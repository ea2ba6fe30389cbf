import { sql } from 'kysely';
import type { PayableDurationBody } from '../contract/traffic-reports.ts';
import type { Database } from '../db/database.ts';
import { storableText } from './invalid-query.ts';

/** All that are set, the general ones first. */
export async function listPayableDurations(db: Database): Promise<PayableDurationBody[]> {
  const { rows } = await sql<PayableDurationBody>`
    select nullif(connection_id, '') as connection_id, nullif(campaign_name, '') as campaign_name,
      seconds::float8 as seconds
    from payable_duration order by payable_duration.connection_id, payable_duration.campaign_name`.execute(
    db,
  );
  return rows;
}

/** Sets one, or removes it where `seconds` is null. @throws InvalidQuery for text that no call can hold */
export async function setPayableDuration(
  db: Database,
  set: { connection_id: string | null; campaign_name: string | null; seconds: number | null },
): Promise<void> {
  const connection = storableText('connection_id', set.connection_id ?? '');
  const campaign = storableText('campaign_name', set.campaign_name ?? '');
  if (set.seconds === null) {
    await sql`delete from payable_duration
      where connection_id = ${connection} and campaign_name = ${campaign}`.execute(db);
    return;
  }
  await sql`insert into payable_duration (connection_id, campaign_name, seconds)
    values (${connection}, ${campaign}, ${set.seconds})
    on conflict (connection_id, campaign_name) do update set seconds = excluded.seconds`.execute(db);
}
