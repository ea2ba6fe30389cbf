import { type DemoCall, type DemoPlatform, readCalls } from '../calls.ts';
import type { Account, PlatformRequest } from './account.ts';
import { retreaverRequests } from './retreaver.ts';
import { ringbaRequests } from './ringba.ts';
import { trackdriveRequests } from './trackdrive.ts';

const render = {
  ringba: ringbaRequests,
  trackdrive: trackdriveRequests,
  retreaver: retreaverRequests,
} satisfies Record<DemoPlatform, unknown>;

/** All requests of all platforms, in the order in which they are sent: oldest call first. */
export async function platformRequests(
  accounts: Record<DemoPlatform, Account>,
  now: Date,
  recordingUrl: (recording: NonNullable<DemoCall['recording']>) => string,
): Promise<PlatformRequest[]> {
  const calls = await readCalls();
  return (Object.keys(render) as DemoPlatform[])
    .flatMap((platform) => calls[platform].map((call) => ({ platform, call })))
    .sort((a, b) => b.call.call.minutes_ago - a.call.call.minutes_ago)
    .flatMap(({ platform, call }) =>
      render[platform](call, accounts[platform], now, call.recording ? recordingUrl(call.recording) : null),
    );
}
