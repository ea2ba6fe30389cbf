import { sql } from 'kysely';
import type { EngineBody } from '../contract/engines.ts';
import type { Database } from '../db/database.ts';
import type { EngineName } from '../domain/engine.ts';
import { adviceFor } from './stage-row.ts';

/** What is known of an engine without the database. */
export type KnownEngine = {
  name: EngineName;
  model: string | null;
  /** Fingerprint of the settings in force: an alert of other ones says nothing any more. */
  settings: string | null;
  missing: string | null;
  pricePerMinute: string | null;
};

type AlertRow = {
  engine: string;
  settings: string;
  code: string;
  detail: string;
  since: Date;
  last_at: Date;
  try_at: Date;
};
type WorkRow = { engine: string; calls: number; audio: number; work: number; cost: string | null };
type ParkedRow = { engine: string; calls: number };

/**
 * Engines with their alerts, the calls that wait for them and what they did in the last 7 days.
 * @param order of connections that have none of their own
 */
export async function listEngines(
  db: Database,
  known: readonly KnownEngine[],
  order: readonly EngineName[],
): Promise<EngineBody[]> {
  const [alerts, work, parked] = await Promise.all([
    sql<AlertRow>`select engine, settings, code, detail, since, last_at, try_at from engine_alert`.execute(
      db,
    ),
    sql<WorkRow>`
      select engine_name as engine, count(*) as calls, coalesce(sum(audio_seconds), 0)::float8 as audio,
        coalesce(sum(engine_seconds), 0)::float8 as work, sum(cost)::text as cost
      from transcript where created_at > now() - interval '7 days' and engine_name is not null
      group by engine_name`.execute(db),
    sql<ParkedRow>`
      select e.engine, count(*) as calls
      from call_stage s join call c on c.id = s.call_id join connection n on n.id = c.connection_id
      cross join lateral unnest(coalesce(n.engines, ${order}::text[])) e(engine)
      where s.stage = 'transcribe' and s.state = 'parked' group by e.engine`.execute(db),
  ]);
  return known.map(({ name, model, settings, missing, pricePerMinute }) => {
    const alert = alerts.rows.find((row) => row.engine === name && row.settings === settings);
    const done = work.rows.find((row) => row.engine === name);
    return {
      engine: name,
      set_up: model !== null,
      model,
      missing,
      price_per_minute: pricePerMinute,
      alert: alert ? toAlert(alert) : null,
      parked_calls: parked.rows.find((row) => row.engine === name)?.calls ?? 0,
      last_7_days: {
        calls: done?.calls ?? 0,
        audio_seconds: done?.audio ?? 0,
        engine_seconds: done?.work ?? 0,
        real_time_factor: done && done.audio > 0 ? Number((done.work / done.audio).toFixed(4)) : null,
        cost: done?.cost ?? null,
      },
    };
  });
}

function toAlert({ code, detail, since, last_at, try_at }: AlertRow): EngineBody['alert'] {
  return {
    code,
    detail,
    advice: adviceFor(code),
    since: since.toISOString(),
    last_at: last_at.toISOString(),
    try_at: try_at.toISOString(),
  };
}

/** A connection's own order of engines, null where it has none; undefined where there is no such connection. */
export async function getEngineOrder(
  db: Database,
  connectionId: string,
): Promise<EngineName[] | null | undefined> {
  if (connectionId.includes('\0')) return undefined;
  const { rows } = await sql<{ engines: EngineName[] | null }>`
    select engines from connection where id = ${connectionId}`.execute(db);
  return rows[0]?.engines;
}
