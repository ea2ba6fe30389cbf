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
 * What an event reports, by the fields it fills, for senders that do not say. docs/webhook.md words this rule;
 * keep the two alike.
 */
export function inferKind(fields: CallFields): EventKind {
  const { duration, connected_call_length: connected } = fields;
  const hasLength = above0(duration) || above0(connected);
  const noLength = duration === undefined && connected === undefined;
  if (fields.sale_amount !== undefined || fields.sale_count !== undefined) return 'disposition';
  if (!hasLength) {
    if (fields.converted === true || above0(fields.revenue) || above0(fields.affiliate_payout))
      return 'disposition';
    const saysOutcome = fields.converted ?? fields.revenue ?? fields.affiliate_payout;
    if (noLength && saysOutcome !== undefined) return 'disposition';
    if (noLength && fields.recording !== undefined) return 'recording';
  }
  if (hasLength || fields.end_call_source !== undefined) return 'completed';
  const reached = fields.target_name ?? fields.target_sub_id ?? fields.buyer_name ?? fields.time_to_connect;
  return reached !== undefined ? 'connected' : 'incoming';
}
