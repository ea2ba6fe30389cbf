import type { Database } from '../db/database.ts';
import type { EngineRoutesDeps } from '../http/routes/engines.ts';
import { engineAlerts } from '../transcribe/engines/engine-alerts.ts';
import { defaultOrder } from './compose-transcribers.ts';
import type { Config } from './config.ts';
import { readEngineSettings } from './engine-settings.ts';

/** What the API needs to show and steer speech engines; the engines themselves run with the workers. */
export function composeEngineRoutes(config: Config, db: Database): Omit<EngineRoutesDeps, 'db'> {
  return {
    knownEngines: () => readEngineSettings(config),
    engineOrder: defaultOrder(config),
    clearAlert: engineAlerts(db).clear,
  };
}
