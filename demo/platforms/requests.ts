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

/** What a call is to come to: an outcome, or a recording that turns out to be none. */
export type Goal = 'outcome' | 'not-audio';

/** Everything that the platforms send, in the order of sending. The maps are by call id of the platform. */
export type Traffic = {
  requests: PlatformRequest[];
  /** What Aria is to make of a call. */
  goals: Map<string, Goal>;
  /** Which sample is the recording of a call. */
  played: Map<string, string>;
};

/** All requests of all platforms, oldest call first; calls without a recording have no goal. */
export async function makeTraffic(
  accounts: Record<DemoPlatform, Account>,
  now: Date,
  recordingUrl: (recording: NonNullable<DemoCall['recording']>) => string,
): Promise<Traffic> {
  const calls = await readCalls();
  const traffic: Traffic = { requests: [], goals: new Map(), played: new Map() };
  const oldestFirst = (Object.keys(render) as DemoPlatform[])
    .flatMap((platform) => calls[platform].map((call) => ({ platform, call })))
    .sort((a, b) => b.call.call.minutes_ago - a.call.call.minutes_ago);
  for (const { platform, call } of oldestFirst) {
    const { recording } = call;
    const requests = render[platform](
      call,
      accounts[platform],
      now,
      recording ? recordingUrl(recording) : null,
    );
    traffic.requests.push(...requests);
    const id = requests[0]?.callInstanceId;
    if (!recording || !id) continue;
    traffic.goals.set(id, recording.way === 'login-page' ? 'not-audio' : 'outcome');
    traffic.played.set(id, recording.sample);
  }
  return traffic;
}
