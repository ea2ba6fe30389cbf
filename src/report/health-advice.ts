import type { ConnectionHealthBody } from '../contract/connection-health.ts';

type Advice = ConnectionHealthBody['advice'];
type Findings = Omit<ConnectionHealthBody, 'advice' | 'verdict'> & { time_zone_setting: string };

/** Tokens in fewer events than this are left to the events' own warnings. */
const tokenShare = 0.05;
const recordingShare = 0.2;
const recordingsEnough = 5;

/** What an operator should do about a connection, the most urgent first; empty where all is well. */
export function adviseOn(found: Findings): Advice {
  return [
    ...onSilence(found),
    ...onZone(found),
    ...onTokens(found),
    ...onRecordings(found),
    ...onRefused(found),
  ];
}

function onSilence({ silence }: Findings): Advice {
  if (!silence.exceeded) return [];
  const usual =
    silence.expected_events === null
      ? `usually ${inWords(silence.usual_gap_seconds ?? 0)} lie between two`
      : `in the same hours of earlier weeks there were ${Math.round(silence.expected_events)}`;
  const message = `No event for ${inWords(silence.seconds ?? 0)}; ${usual}. Check whether the platform still posts to this connection.`;
  return [{ code: 'silent', message }];
}

function onZone({ time_zone: zone, time_zone_setting: setting }: Findings): Advice {
  const drift = inWords(Math.abs(zone.drift_seconds ?? 0));
  if (zone.verdict === 'shifted') {
    const when = (zone.drift_seconds ?? 0) > 0 ? 'after' : 'before';
    const message = `call_date seems to be in ${zone.suggested}, the connection says ${setting}: calls arrive ${drift} ${when} their own end. Change the time zone, then replay the events.`;
    return [{ code: 'time_zone', message }];
  }
  if (zone.verdict !== 'late') return [];
  const message = `Events arrive ${drift} ${(zone.drift_seconds ?? 0) > 0 ? 'after' : 'before'} their calls (median). No other time zone explains it: the platform seems to send late.`;
  return [{ code: 'late_events', message }];
}

function onTokens({ unresolved_tokens: tokens }: Findings): Advice {
  const often = tokens.filter(({ day, week }) => (day ?? week ?? 0) >= tokenShare);
  if (often.length === 0) return [];
  const names = often
    .slice(0, 5)
    .map(({ field, day, week }) => `${field} (${Math.round((day ?? week ?? 0) * 100)} %)`);
  const more = often.length > 5 ? ` and ${often.length - 5} more` : '';
  const message = `The platform sends its token instead of a value in ${names.join(', ')}${more}. Correct these tokens in its template.`;
  return [{ code: 'unresolved_tokens', message }];
}

function onRecordings({ recordings: { fetched, failed, failing } }: Findings): Advice {
  if (failing === null || fetched + failed < recordingsEnough || failing < recordingShare) return [];
  const message = `${failed} of ${fetched + failed} recordings could not be fetched. The page Pipeline has the reasons.`;
  return [{ code: 'recordings', message }];
}

function onRefused({ refused_at: at, refused_count: count }: Findings): Advice {
  if (at === null || Date.now() - Date.parse(at) > 24 * 3_600_000) return [];
  const message = `Requests with a wrong key came in the last 24 hours (${count} in all). Compare the key at the platform with the hint under Keys.`;
  return [{ code: 'refused', message }];
}

function inWords(seconds: number): string {
  if (seconds < 0.5) return 'under 1 s';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} h`;
  return `${Math.round(seconds / 8_640) / 10} days`;
}
