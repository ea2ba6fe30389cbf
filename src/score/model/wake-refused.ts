import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Rounds, startRounds } from '../../lib/rounds.ts';

const pollMs = 5_000;
const probeMs = 600_000;

const isRefused = sql`stage = 'score' and state = 'parked' and error_code = 'score.provider-refused'`;

/**
 * Has calls go on that a model server refused (key, credit or model name) once that is mended: one of them asks at the
 * start, and again every ten minutes; when it is answered, all others follow. Where new calls are judged without a
 * model, all go on at once.
 */
export function startWakingRefused(deps: {
  db: Database;
  usesModel: boolean;
  onError: (error: unknown) => void;
}): Rounds {
  let probedAt: number | null = null;
  return startRounds({
    async round() {
      const isDue = probedAt === null || Date.now() - probedAt >= probeMs;
      if ((await wakeRefused(deps.db, { usesModel: deps.usesModel, probes: isDue })) === 'probed')
        probedAt = Date.now();
    },
    pollMs,
    onError: deps.onError,
  });
}

/**
 * One look at the calls that were refused.
 * @param probes whether one of them may find out if the server answers by now
 */
export async function wakeRefused(
  db: Database,
  { usesModel, probes }: { usesModel: boolean; probes: boolean },
): Promise<'none' | 'woken' | 'probed' | 'left'> {
  const { rows } = await sql<{ latest: Date | null }>`
    select max(finished_at) as latest from call_stage where ${isRefused}`.execute(db);
  const latest = rows[0]?.latest ?? null;
  if (latest === null) return 'none';
  const answered = await sql`select from model_answer where asked_at > ${latest} limit 1`.execute(db);
  if (!usesModel || answered.rows.length > 0) {
    await wake(db, null);
    return 'woken';
  }
  if (!probes) return 'left';
  await wake(db, 1);
  return 'probed';
}

async function wake(db: Database, most: number | null): Promise<void> {
  await sql`
    with refused as (
      select call_id from call_stage where ${isRefused} order by finished_at limit ${most}
    )
    update call_stage s set state = 'waiting', run = run + 1, attempts = 0, due_at = now()
    from refused where s.call_id = refused.call_id and s.stage = 'score' and s.state = 'parked'`.execute(db);
}
