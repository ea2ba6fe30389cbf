import {
  createSchedule,
  deleteSchedule,
  listScheduleRuns,
  listSchedules,
  sendScheduleNow,
  setScheduleActive,
} from '../../contract/schedules.ts';
import type { Database } from '../../db/database.ts';
import type { ScheduleOwner } from '../../schedule/schedule-owner.ts';
import {
  addRun,
  createSchedule as addSchedule,
  setScheduleActive as changeSchedule,
  listRuns,
  listSchedules as querySchedules,
  deleteSchedule as removeSchedule,
} from '../../schedule/schedule-store.ts';
import type { Bind } from '../bind.ts';
import { nameOf, type Principal } from '../principal.ts';
import { notFound, Problem } from '../problems.ts';

export type ScheduleRoutesDeps = {
  db: Database;
  /** Under which secrets of webhooks are sealed. */
  scheduleKey: Buffer;
};

export function scheduleRoutes(bind: Bind, { db, scheduleKey }: ScheduleRoutesDeps): void {
  bind(listSchedules, ({ query }) => querySchedules(db, query));

  bind(createSchedule, async ({ body }, { principal }) => {
    if (body.channel === 'email' && body.recipients.length === 0) refuse('recipients', 'Name a recipient.');
    if (body.channel === 'webhook' && !body.url) refuse('url', 'Name the address to post to.');
    const created = await addSchedule(db, body, ownerOf(principal), new Date(), scheduleKey);
    if (!created) throw notFound('saved report');
    return { ...created.schedule, secret: created.secret };
  });

  bind(setScheduleActive, async ({ params, body }, { principal }) => {
    const changed = await changeSchedule(db, params.id, body.active, ownerOf(principal), new Date());
    if (!changed) throw notFound('schedule');
    return changed;
  });

  bind(deleteSchedule, async ({ params }) => {
    if (!(await removeSchedule(db, params.id))) throw notFound('schedule');
    return { id: params.id };
  });

  bind(sendScheduleNow, async ({ params }) => {
    const run = await addRun(db, params.id);
    if (!run) throw notFound('schedule');
    return run;
  });

  bind(listScheduleRuns, ({ params, query }) => listRuns(db, params.id, query));
}

function ownerOf(principal: Principal | null): ScheduleOwner {
  return { owner: nameOf(principal), kind: principal?.kind ?? 'key' };
}

function refuse(field: string, message: string): never {
  throw new Problem(400, 'bad_request', message, { errors: [{ field, message }] });
}
