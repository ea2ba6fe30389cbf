import type { Database } from '../db/database.ts';
import type { Rounds } from '../lib/rounds.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import type { PolicySeconds } from '../report/threshold-clustering.ts';
import { removeLeftFiles } from '../schedule/remove-left-files.ts';
import { startScheduler } from '../schedule/scheduler.ts';
import { sendReport } from '../schedule/send-report.ts';
import { sealPlainSecrets } from '../schedule/webhook-secret.ts';
import type { Config } from './config.ts';
import { exportFolder } from './folders.ts';
import { publicUrl } from './public-url.ts';
import { scheduleKey } from './schedule-key.ts';

/** Sends saved reports when they are due. */
export async function composeSchedule(
  config: Config,
  db: Database,
  deps: {
    safeFetch: SafeFetch;
    policySeconds: () => Promise<PolicySeconds>;
    logBug: (error: unknown, context: Record<string, unknown>) => string;
  },
): Promise<Rounds> {
  const key = await scheduleKey(db);
  await sealPlainSecrets(db, key);
  return startScheduler({
    db,
    send: (run) =>
      sendReport(run, {
        db,
        safeFetch: deps.safeFetch,
        folder: exportFolder(config),
        mail: { smtpUrl: config.ARIA_SMTP_URL ?? null, from: config.ARIA_MAIL_FROM },
        timeZone: config.ARIA_TIME_ZONE,
        publicUrl: publicUrl(config),
        key,
        policySeconds: deps.policySeconds,
      }),
    sweep: () => removeLeftFiles(exportFolder(config), new Date()),
    onError: (error) => deps.logBug(error, { at: 'sending reports' }),
  });
}
