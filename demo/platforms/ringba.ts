import type { DemoCall } from '../calls.ts';
import { buyers, publishers } from '../parties.ts';
import type { Account, PlatformRequest } from './account.ts';
import { ringbaCallId } from './call-ids.ts';
import { callTime, contractDate } from './call-times.ts';

const triggers = [
  'incoming',
  'connected',
  'completed',
  'converted',
  'payout',
  'finalized',
  'recording',
] as const;
type Trigger = (typeof triggers)[number];

/**
 * The pixels that a Ringba account fires for a call: JSON by one template for all triggers, in which a token
 * without a value becomes an empty text, and a value is put in as it is, quotes and all.
 */
export function ringbaRequests(
  call: DemoCall,
  account: Account,
  now: Date,
  recordingUrl: string | null,
): PlatformRequest[] {
  const callInstanceId = ringbaCallId(call.slug);
  const fired = triggers.filter((trigger) => fires(trigger, call));
  const requests = fired.map((trigger): PlatformRequest => {
    const values = valuesAt(trigger, call, account, now, recordingUrl);
    const broken = trigger === 'finalized' && call.mishap === 'unescaped-quote';
    return {
      what: `ringba ${trigger}`,
      callInstanceId,
      method: 'POST',
      url: account.url,
      headers: { 'content-type': 'application/json' },
      body: fillIn({ ...values, call_instance_id: callInstanceId }),
      expected: broken ? 'quarantined' : 'accepted',
      late: false,
    };
  });
  const completed = requests.find(({ what }) => what === 'ringba completed');
  return call.mishap === 'sent-twice' && completed !== undefined
    ? [...requests, { ...completed, what: 'ringba completed, again', expected: 'duplicate' }]
    : requests;
}

function fires(trigger: Trigger, call: DemoCall): boolean {
  if (trigger === 'connected' || trigger === 'completed') return call.call.connected > 0;
  if (trigger === 'converted' || trigger === 'payout') return call.call.converted;
  return trigger !== 'recording' || call.recording !== undefined;
}

/** Ringba knows more with every trigger; the recording's pixel knows next to nothing but the recording. */
function valuesAt(
  trigger: Trigger,
  call: DemoCall,
  account: Account,
  now: Date,
  recordingUrl: string | null,
): Record<string, string | null> {
  const buyer = buyers[call.parties.buyer];
  const publisher = publishers[call.parties.publisher];
  const connected = trigger !== 'incoming' && trigger !== 'recording' && call.call.connected > 0;
  const ended = ['completed', 'converted', 'payout', 'finalized'].includes(trigger);
  const paid = trigger === 'payout' || trigger === 'finalized';
  const quoted = trigger === 'finalized' && call.mishap === 'unescaped-quote';
  return {
    api_key: account.apiKey,
    connection_id: account.connectionId,
    // Written into each pixel's template by the owner of the account: Ringba has no token for it.
    event: trigger,
    call_date: contractDate(callTime(now, call.call.minutes_ago, account.timeZone)),
    caller_id: call.caller.number,
    campaign_id: buyer.campaign.id,
    campaign_name: buyer.campaign.name,
    campaign_tracking_id: buyer.campaign.trackingId,
    publisher_name: publisher.name,
    publisher_sub_id: publisher.subId,
    inbound_number_state: call.caller.state,
    zip_code: call.mishap === 'unresolved-token' ? '[tag:Geo:ZipCode]' : call.caller.zip,
    vertical: buyer.vertical,
    is_duplicate: String(call.caller.repeat),
    buyer_name: connected ? buyer.name : '',
    target_name: connected ? buyer.target.name : '',
    target_sub_id: connected ? buyer.target.subId : '',
    target_did: connected ? buyer.target.did : '',
    time_to_call: connected ? '1' : '',
    time_to_connect: connected ? String(call.call.seconds - call.call.connected) : '',
    duration: ended ? String(call.call.seconds) : '',
    connected_call_length: ended ? String(call.call.connected) : '',
    end_call_source: ended ? call.call.ended_by : '',
    cost: ended ? '0.09' : '',
    converted: ended ? (call.call.converted ? 'True' : 'False') : '',
    revenue: call.call.converted && ended && trigger !== 'completed' ? buyer.perCall : '',
    affiliate_payout: call.call.converted && paid ? buyer.payout : '',
    branch_name: quoted ? 'Dayton "North"' : '',
    recording: trigger === 'recording' ? (recordingUrl ?? '') : '',
    sale_amount: trigger === 'finalized' ? (call.sale?.amount ?? null) : null,
    sale_count: trigger === 'finalized' && call.sale !== undefined ? '1' : null,
  };
}

/** A template engine that knows nothing of JSON. */
function fillIn(values: Record<string, string | null>): string {
  const lines = Object.entries(values).map(([field, value]) =>
    value === null ? `  "${field}": null` : `  "${field}": "${value}"`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}
