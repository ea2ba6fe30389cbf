import type { Database } from '../db/database.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import { type Scheduler, startScheduler } from '../schedule/scheduler.ts';
import { sendReport } from '../schedule/send-report.ts';
import type { Config } from './config.ts';
import { exportFolder } from './folders.ts';
import { publicUrl } from './public-url.ts';

/** Sends saved reports when they are due. */
export function composeSchedule(
  config: Config,
  db: Database,
  deps: {
    safeFetch: SafeFetch;
    logBug: (error: unknown, context: Record<string, unknown>) => string;
  },
): Scheduler {
  return startScheduler({
    db,
    send: (run) =>
      sendReport(run, {
        ...{ db, safeFetch: deps.safeFetch, folder: exportFolder(config) },
        mail: { smtpUrl: config.ARIA_SMTP_URL ?? null, from: config.ARIA_MAIL_FROM },
        ...{ timeZone: config.ARIA_TIME_ZONE, publicUrl: publicUrl(config) },
      }),
    onError: (error) => deps.logBug(error, { at: 'sending reports' }),
  });
}
