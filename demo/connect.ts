import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import type { Aria } from './aria.ts';
import type { DemoPlatform } from './calls.ts';
import type { Account } from './platforms/account.ts';

/** The simulated platforms' accounts, each in the zone that its owner chose. */
const owned: Record<DemoPlatform, { name: string; timeZone: string }> = {
  ringba: { name: 'Ringba (simulated)', timeZone: 'America/New_York' },
  trackdrive: { name: 'TrackDrive (simulated)', timeZone: 'America/Chicago' },
  retreaver: { name: 'Retreaver (simulated)', timeZone: 'America/Los_Angeles' },
};

/** Makes a connection for each platform, by the command line as an operator would. */
export async function connectPlatforms(aria: Aria): Promise<Record<DemoPlatform, Account>> {
  const connect = async (platform: DemoPlatform): Promise<Account> => {
    const { name, timeZone } = owned[platform];
    const made = await aria.ask<ConnectionSecretBody>(
      ...['connection', 'create', '--name', name],
      ...['--time-zone', timeZone, '--platform', platform],
    );
    return { connectionId: made.connection_id, apiKey: made.api_key, url: made.url, timeZone };
  };
  return {
    ringba: await connect('ringba'),
    trackdrive: await connect('trackdrive'),
    retreaver: await connect('retreaver'),
  };
}
