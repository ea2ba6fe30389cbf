import type { CallFields } from '../domain/call-fields.ts';
import type { EventKind } from '../domain/event.ts';
import { foldKey } from '../lib/fold-key.ts';

const words: Record<EventKind, string> = {
  incoming: 'incoming callincoming started start callstart callstarted ringing precall inbound',
  connected: 'connected callconnected answered buyeranswered callanswered selected routingcomplete',
  completed:
    'completed complete callcompleted ended end callended callend postcall callpreprocessed hangup ended_call endeddelayed',
  recording: 'recording recordingready recordingupdated callrecording recordingavailable',
  disposition:
    'disposition converted conversion callconverted buyerconverted offerconverted payout finalized final dispositionchanged calldispositionchanged callmodified sale outcome update',
};
const byWord = new Map<string, EventKind>();
for (const [kind, list] of Object.entries(words)) {
  for (const word of list.split(' ')) byWord.set(foldKey(word), kind as EventKind);
}

/** The kind that an explicit event name stands for, in any spelling; null for a name that is not known. */
export function kindNamed(name: string): EventKind | null {
  return byWord.get(foldKey(name)) ?? null;
}

function above0(decimal: string | undefined): boolean {
  return decimal !== undefined && Number(decimal) > 0;
}

/**
 * What an event reports, by the fields it fills, for senders that do not say. Only a duration of zero makes it
 * one of the early kinds, which never overwrite later ones (kindRank): what leaves the length out is news about
 * the call whenever it comes. docs/webhook.md words this rule; keep the two alike.
 */
export function inferKind(fields: CallFields): EventKind {
  const { duration, connected_call_length: connected } = fields;
  if (fields.sale_amount !== undefined || fields.sale_count !== undefined) return 'disposition';
  if (above0(duration) || above0(connected)) return 'completed';
  if (fields.converted === true || above0(fields.revenue) || above0(fields.affiliate_payout))
    return 'disposition';
  if (fields.end_call_source !== undefined) return 'completed';
  if (duration === undefined && connected === undefined) {
    const saysOutcome = fields.converted ?? fields.revenue ?? fields.affiliate_payout;
    return fields.recording !== undefined && saysOutcome === undefined ? 'recording' : 'disposition';
  }
  const reached = fields.target_name ?? fields.target_sub_id ?? fields.buyer_name ?? fields.time_to_connect;
  return reached !== undefined ? 'connected' : 'incoming';
}
