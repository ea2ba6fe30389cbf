import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { ExportKind } from '../contract/exports.ts';
import type { ScheduleBody } from '../contract/schedules.ts';
import type { Database } from '../db/database.ts';
import { Failure, type FailureCode } from '../domain/failure.ts';
import { newId } from '../lib/ids.ts';
import { latestDue, nextDue } from './next-due.ts';
import { ownerGone } from './schedule-owner.ts';
import { rhythmOf } from './schedule-store.ts';

/** A run that a process works on, with all that it takes. */
export type DueRun = Pick<
  ScheduleBody,
  'channel' | 'recipients' | 'url' | 'content' | 'time_zone' | 'owner' | 'owner_gone'
> & {
  id: string;
  due_at: Date;
  attempts: number;
  schedule_id: string;
  /** Signs what is posted; sealed. */
  secret_sealed: Buffer | null;
  name: string;
  kind: ExportKind;
  query: Record<string, string>;
};

/** Seconds to wait after the first, second, … failure: about 8 hours in all. */
const retrySeconds = [60, 300, 1_800, 7_200, 21_600];
/** A run whose process has not been heard of this long has lost it; it is told of every `aliveMs`. */
const lostAfterSeconds = 120;
/** How often the process that sends a run says that it lives. */
export const aliveMs = 20_000;

const interrupted: FailureCode = 'send.interrupted';
const lost = sql`coalesce(touched_at, started_at) < now() - ${lostAfterSeconds} * interval '1 second'`;

type Due = Parameters<typeof rhythmOf>[0] & { id: string; next_due_at: Date };

/**
 * Makes a run of every schedule that is due, once per due time however many processes look: the schedule's row is
 * locked, and its due time moves on in the same transaction. After a downtime only the latest due time is sent.
 */
export async function planRuns(db: Database, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<Due>`
      select id, every, weekday, day_of_month, at_time::text as at_time, time_zone, next_due_at from schedule
      where active and next_due_at <= ${now.toISOString()}::timestamptz for update skip locked`.execute(tx);
    const at = Temporal.Instant.fromEpochMilliseconds(now.getTime());
    for (const schedule of rows) {
      const rhythm = rhythmOf(schedule);
      const first = Temporal.Instant.fromEpochMilliseconds(schedule.next_due_at.getTime());
      const due = latestDue(rhythm, first, at);
      await sql`insert into schedule_run (id, schedule_id, due_at)
        values (${newId('run')}, ${schedule.id}, ${due.toString()}::timestamptz) on conflict do nothing`.execute(
        tx,
      );
      await sql`update schedule set next_due_at = ${nextDue(rhythm, at).toString()}::timestamptz
        where id = ${schedule.id}`.execute(tx);
    }
  });
}

/**
 * The next run to work on: due, to be tried again, or left behind by a process that died. That one may have been sent
 * already: it is sent again rather than not at all, with the same id. One that has lost its process each time fails.
 */
export async function claimRun(db: Database): Promise<DueRun | null> {
  await sql`
    update schedule_run set state = 'failed', finished_at = now(), error_code = ${interrupted},
      error_detail = 'Its process ended each time before it was sent'
    where state = 'running' and attempts > ${retrySeconds.length} and ${lost}`.execute(db);
  const { rows } = await sql<DueRun>`
    update schedule_run n set state = 'running', attempts = n.attempts + 1, started_at = now(), touched_at = now()
    from (
      select id from schedule_run
      where (state in ('waiting', 'retrying') and next_try_at <= now())
        or (state = 'running' and ${lost})
      order by next_try_at limit 1 for update skip locked
    ) next, schedule s, saved_report r
    where n.id = next.id and s.id = n.schedule_id and r.id = s.saved_report_id
    returning n.id, n.schedule_id, n.due_at, n.attempts, s.channel, s.recipients, s.url, s.secret_sealed, s.content, s.time_zone, r.name,
      r.page as kind, r.query, s.owner, ${ownerGone} as owner_gone`.execute(db);
  return rows[0] ?? null;
}

/** Says that the process that sends it lives. */
export async function noteAlive(db: Database, { id, attempts }: DueRun): Promise<void> {
  await sql`update schedule_run set touched_at = now()
    where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(db);
}

/** Notes that it was sent, by whichever attempt. */
export async function finishRun(db: Database, { id }: DueRun): Promise<void> {
  await sql`update schedule_run set state = 'done', finished_at = now(), error_code = null, error_detail = null
    where id = ${id}`.execute(db);
}

/** Notes why a run failed, and when it is tried again where that can help. */
export async function failRun(db: Database, { id, attempts }: DueRun, error: unknown): Promise<void> {
  const failure = error instanceof Failure ? error : null;
  const code: FailureCode = failure?.code ?? 'internal';
  const detail = failure?.detail ?? 'The log has the details.';
  const wait = failure?.retry === 'never' ? undefined : retrySeconds[attempts - 1];
  await sql`
    update schedule_run set state = ${wait === undefined ? 'failed' : 'retrying'},
      next_try_at = now() + ${wait ?? 0} * interval '1 second',
      finished_at = ${wait === undefined ? sql`now()` : null}, error_code = ${code}, error_detail = ${detail}
    where id = ${id} and state = 'running' and attempts = ${attempts}`.execute(db);
}
