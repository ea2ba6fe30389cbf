import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { EngineName } from '../../domain/engine.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Engine } from './engine.ts';

/** Minutes after which one call may try an engine that rests. */
const restMinutes = 15;

/** `rests`: not to be asked, for the reason given. `probe`: to be asked by this call alone. */
export type Leave = { may: 'ask' | 'probe' } | { may: 'rests'; detail: string };

/** Engines that failed for a reason of their own, shared by all processes of an installation. */
export type EngineAlerts = {
  leave: (engine: Engine) => Promise<Leave>;
  raise: (engine: Engine, failure: Failure) => Promise<void>;
  clear: (name: EngineName) => Promise<boolean>;
};

export function engineAlerts(db: Database): EngineAlerts {
  return {
    async leave({ name, settings }) {
      const { rows } = await sql<{ detail: string; settings: string; probe: boolean }>`
        with due as (
          update engine_alert set try_at = now() + make_interval(mins => ${restMinutes})
          where engine = ${name} and settings = ${settings} and try_at <= now() returning engine)
        select detail, settings, exists (select from due) as probe from engine_alert where engine = ${name}`.execute(
        db,
      );
      const alert = rows[0];
      if (!alert) return { may: 'ask' };
      // somebody changed key, address or model: what was wrong with the old ones says nothing
      if (alert.settings !== settings) return { may: 'probe' };
      return alert.probe ? { may: 'probe' } : { may: 'rests', detail: alert.detail };
    },
    async raise({ name, settings }, { code, detail }) {
      await sql`
        insert into engine_alert (engine, settings, code, detail, try_at)
        values (${name}, ${settings}, ${code}, ${detail}, now() + make_interval(mins => ${restMinutes}))
        on conflict (engine) do update set settings = excluded.settings, code = excluded.code,
          detail = excluded.detail, last_at = now(), try_at = excluded.try_at`.execute(db);
    },
    async clear(name) {
      const { numAffectedRows } = await sql`delete from engine_alert where engine = ${name}`.execute(db);
      return numAffectedRows === 1n;
    },
  };
}
