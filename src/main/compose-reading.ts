import type { Database } from '../db/database.ts';
import { startExporter } from '../export/run-exports.ts';
import type { ExportFilesDeps } from '../http/export-files.ts';
import type { PartyScorecardDeps } from '../http/party-scorecards.ts';
import type { ExportRoutesDeps } from '../http/routes/exports.ts';
import type { ScheduleRoutesDeps } from '../http/routes/schedules.ts';
import type { PolicySeconds } from '../report/threshold-clustering.ts';
import type { Config } from './config.ts';
import { exportFolder } from './folders.ts';
import { installationSecret } from './installation-secret.ts';
import { scheduleKey } from './schedule-key.ts';

export type Reading = {
  deps: { policySeconds: () => Promise<PolicySeconds> } & Pick<PartyScorecardDeps, 'shareSecret'> &
    Pick<ExportFilesDeps, 'exportFolder'> &
    Pick<ExportRoutesDeps, 'onExportAsked'> &
    Pick<ScheduleRoutesDeps, 'scheduleKey'>;
  stop: () => Promise<void>;
};

/** What the reading side of the server needs besides the database, and the exports that it works off. */
export async function composeReading(
  config: Config,
  db: Database,
  deps: {
    policySeconds: () => Promise<PolicySeconds>;
    logBug: (error: unknown, context: Record<string, unknown>) => string;
  },
): Promise<Reading> {
  const folder = exportFolder(config);
  const shareSecret = await installationSecret(db, 'share');
  const exporter = startExporter({
    db,
    folder,
    timeZone: config.ARIA_TIME_ZONE,
    policySeconds: deps.policySeconds,
    onError: (error) => deps.logBug(error, { at: 'exporting' }),
  });
  return {
    deps: {
      policySeconds: deps.policySeconds,
      shareSecret,
      exportFolder: folder,
      onExportAsked: exporter.kick,
      scheduleKey: await scheduleKey(db),
    },
    stop: exporter.stop,
  };
}
