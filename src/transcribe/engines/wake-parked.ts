import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { EngineName } from '../../domain/engine.ts';

/** What calls wait for that an engine can end. */
const codes = ['transcribe.no-engine', 'transcribe.provider-refused', 'transcribe.engine-crashed'];

/**
 * Sets calls going that were parked for want of an engine which now may be asked: it was set up, its settings were
 * changed, or its alert is gone. Where an engine rests and may be tried again, one call goes and finds out.
 * @param engines those that are set up, with the fingerprint of their settings
 * @param order asked for by connections without an order of their own
 */
export async function wakeParked(
  db: Database,
  engines: readonly { name: EngineName; settings: string }[],
  order: readonly EngineName[],
): Promise<void> {
  if (engines.length === 0) return;
  const names = engines.map(({ name }) => name);
  const settings = engines.map((engine) => engine.settings);
  const { rows } = await sql<{ name: string; ready: boolean; due: boolean }>`
    select e.name, a.engine is null or a.settings <> e.settings as ready, coalesce(a.try_at <= now(), false) as due
    from unnest(${names}::text[], ${settings}::text[]) e(name, settings)
    left join engine_alert a on a.engine = e.name`.execute(db);
  const ready = rows.filter((row) => row.ready).map(({ name }) => name);
  const due = rows.filter((row) => row.due && !row.ready).map(({ name }) => name);
  if (ready.length > 0) await wake(db, ready, order, null);
  for (const name of due) await wake(db, [name], order, 1);
}

async function wake(
  db: Database,
  names: readonly string[],
  order: readonly EngineName[],
  most: number | null,
): Promise<void> {
  await sql`
    with parked as (
      select s.call_id from call_stage s join call c on c.id = s.call_id join connection n on n.id = c.connection_id
      where s.stage = 'transcribe' and s.state = 'parked' and s.error_code = any(${codes})
        and coalesce(n.engines, ${order}::text[]) && ${names}::text[]
      limit ${most}
    )
    update call_stage s set state = 'waiting', run = run + 1, attempts = 0, due_at = now()
    from parked where s.call_id = parked.call_id and s.stage = 'transcribe' and s.state = 'parked'`.execute(
    db,
  );
}
