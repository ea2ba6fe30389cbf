import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { createSchedule as createRoute, ScheduleBody, ScheduleRunBody } from '../contract/schedules.ts';
import type { Database } from '../db/database.ts';
import { type FailureCode, failureAdvice } from '../domain/failure.ts';
import { newId } from '../lib/ids.ts';
import { decodeCursor, encodeCursor } from '../report/cursor.ts';
import { nextDue, type Rhythm } from './next-due.ts';
import { ownerGone, type ScheduleOwner } from './schedule-owner.ts';
import { newWebhookSecret, sealWebhookSecret } from './webhook-secret.ts';

type Settings = z.infer<(typeof createRoute)['body']>;
type RunRow = {
  id: string;
  due_at: string;
  state: ScheduleRunBody['state'];
  attempts: number;
  next_try_at: string;
  finished_at: string | null;
  error_code: string | null;
  error_detail: string | null;
};
type Row = Omit<ScheduleBody, 'next_due_at' | 'created_at' | 'last_run'> & {
  next_due_at: Date;
  created_at: Date;
  place: string;
  last_run: RunRow | null;
};

const columns = sql`s.id, s.saved_report_id, r.name as saved_report_name, s.every, s.weekday, s.day_of_month,
  to_char(s.at_time, 'HH24:MI') as at_time, s.time_zone, s.channel, s.recipients, s.url, s.content, s.active, s.next_due_at,
  s.owner, s.owner_kind, ${ownerGone} as owner_gone,
  s.created_at, s.created_at::text as place, (
    select to_json(n) from (select * from schedule_run n where n.schedule_id = s.id
      order by n.due_at desc limit 1) n) as last_run`;
const from = sql`from schedule s join saved_report r on r.id = s.saved_report_id`;

/** The rhythm of stored or asked settings. */
export function rhythmOf(settings: {
  every: Rhythm['every'];
  weekday: number | null;
  day_of_month: number | null;
  at_time: string;
  time_zone: string;
}): Rhythm {
  const { every, weekday, day_of_month, at_time, time_zone } = settings;
  return { every, weekday, dayOfMonth: day_of_month, atTime: at_time.slice(0, 5), timeZone: time_zone };
}

/**
 * Adds a schedule. @param key under which the secret of a webhook is sealed
 * @returns null where there is no such saved report; the secret is told only here
 */
export async function createSchedule(
  db: Database,
  settings: Settings,
  by: ScheduleOwner,
  now: Date,
  key: Buffer,
): Promise<{ schedule: ScheduleBody; secret: string | null } | null> {
  const id = newId('sch');
  const secret = settings.channel === 'webhook' ? newWebhookSecret() : null;
  const sealed = secret === null ? null : sealWebhookSecret(key, id, secret);
  const due = nextDue(rhythmOf(settings), Temporal.Instant.fromEpochMilliseconds(now.getTime()));
  const { numAffectedRows } = await sql`
    insert into schedule (id, saved_report_id, every, weekday, day_of_month, at_time, time_zone, channel, recipients,
      url, secret_sealed, content, next_due_at, owner, owner_kind)
    select ${id}, r.id, ${settings.every}, ${settings.weekday}, ${settings.day_of_month}, ${settings.at_time}::time,
      ${settings.time_zone}, ${settings.channel}, ${settings.recipients}, ${settings.url}, ${sealed},
      ${settings.content}, ${due.toString()}::timestamptz, ${by.owner}, ${by.kind}
    from saved_report r where r.id = ${settings.saved_report_id}`.execute(db);
  if (numAffectedRows === 0n) return null;
  return { schedule: (await getSchedule(db, id))!, secret };
}

/** One schedule, or null where there is none of this id. */
export async function getSchedule(db: Database, id: string): Promise<ScheduleBody | null> {
  const { rows } = await sql<Row>`select ${columns} ${from} where s.id = ${id}`.execute(db);
  return rows[0] ? toBody(rows[0]) : null;
}

/** A page of schedules, newest first. @throws InvalidQuery */
export async function listSchedules(
  db: Database,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ScheduleBody[]; next: string | null }> {
  const after = decodeCursor('schedules', cursor);
  const older = after ? sql`(s.created_at, s.id) < (${after.at}::timestamptz, ${after.id})` : sql`true`;
  const { rows } = await sql<Row>`select ${columns} ${from} where ${older}
    order by s.created_at desc, s.id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(toBody),
    next: more ? encodeCursor('schedules', { at: last.place, id: last.id }) : null,
  };
}

/**
 * Pauses or resumes; what fell due meanwhile is not sent. Whoever resumes one whose owner is gone or unknown makes it his.
 * @returns null where there is none of this id
 */
export async function setScheduleActive(
  db: Database,
  id: string,
  active: boolean,
  by: ScheduleOwner,
  now: Date,
): Promise<ScheduleBody | null> {
  const schedule = await getSchedule(db, id);
  if (!schedule) return null;
  const due = nextDue(rhythmOf(schedule), Temporal.Instant.fromEpochMilliseconds(now.getTime()));
  const takeOver = active && (schedule.owner === null || schedule.owner_gone);
  const owner = takeOver ? sql`, owner = ${by.owner}, owner_kind = ${by.kind}` : sql``;
  await sql`update schedule set active = ${active}, next_due_at = ${due.toString()}::timestamptz${owner}
    where id = ${id}`.execute(db);
  return getSchedule(db, id);
}

/** @returns false where there is none of this id */
export async function deleteSchedule(db: Database, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from schedule where id = ${id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Adds a run that is due now. @returns null where there is no such schedule */
export async function addRun(db: Database, scheduleId: string): Promise<ScheduleRunBody | null> {
  const { rows } = await sql<{ run: RunRow }>`
    insert into schedule_run as n (id, schedule_id, due_at)
    select ${newId('run')}, id, clock_timestamp() from schedule where id = ${scheduleId}
    returning to_json(n) as run`.execute(db);
  return rows[0] ? toRun(rows[0].run) : null;
}

/** A page of a schedule's runs, newest first. @throws InvalidQuery */
export async function listRuns(
  db: Database,
  scheduleId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ScheduleRunBody[]; next: string | null }> {
  const after = decodeCursor('schedule-runs', cursor);
  const older = after ? sql`(n.due_at, n.id) < (${after.at}::timestamptz, ${after.id})` : sql`true`;
  const { rows } = await sql<{ run: RunRow; place: string }>`
    select to_json(n) as run, n.due_at::text as place from schedule_run n
    where n.schedule_id = ${scheduleId} and ${older}
    order by n.due_at desc, n.id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(({ run }) => toRun(run)),
    next: more ? encodeCursor('schedule-runs', { at: last.place, id: last.run.id }) : null,
  };
}

function toBody({ place: _, next_due_at, created_at, last_run, ...row }: Row): ScheduleBody {
  return {
    ...row,
    next_due_at: next_due_at.toISOString(),
    created_at: created_at.toISOString(),
    last_run: last_run && toRun(last_run),
  };
}

function toRun(row: RunRow): ScheduleRunBody {
  const open = row.state === 'waiting' || row.state === 'retrying';
  const { error_code: code } = row;
  return {
    id: row.id,
    due_at: new Date(row.due_at).toISOString(),
    state: row.state,
    attempts: row.attempts,
    next_try_at: open ? new Date(row.next_try_at).toISOString() : null,
    finished_at: row.finished_at && new Date(row.finished_at).toISOString(),
    error: code === null ? null : { code, detail: row.error_detail ?? '', advice: adviceFor(code) },
  };
}

function adviceFor(code: string): string {
  return code in failureAdvice ? failureAdvice[code as FailureCode] : '';
}
