import type { DemoCall } from '../calls.ts';
import { buyers, publishers } from '../parties.ts';
import type { Account, PlatformRequest } from './account.ts';
import { uuidOf } from './call-ids.ts';
import { callTime } from './call-times.ts';

type Values = Record<string, string>;

/**
 * The webhooks of a TrackDrive account: forms, the key as a token in the header, the connection in the address,
 * times with TrackDrive's own Eastern offset.
 */
export function trackdriveRequests(
  call: DemoCall,
  account: Account,
  now: Date,
  recordingUrl: string | null,
): PlatformRequest[] {
  const callInstanceId = uuidOf(call.slug);
  const post = (event: string, values: Values, late = false): PlatformRequest => ({
    what: `trackdrive ${event}`,
    callInstanceId,
    method: 'POST',
    url: `${new URL(account.url).origin}/v1/events/${account.connectionId}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Bearer ${account.apiKey}`,
    },
    body: new URLSearchParams({ call_instance_id: callInstanceId, event, ...values }).toString(),
    expected: 'accepted',
    late,
  });
  const started = startedValues(call, now);
  const ended = { ...started, ...endedValues(call) };
  const requests = [post('call started', started), post('call ended', ended)];
  if (recordingUrl !== null)
    requests.push(post('recording updated', { ...started, duration: '', recording: recordingUrl }));
  if (call.sale !== undefined)
    requests.push(post('disposition changed', saleValues(call.sale), call.sale.late));
  if (call.mishap === 'sent-twice')
    requests.push({
      ...post('call ended', ended),
      what: 'trackdrive call ended, retried',
      expected: 'duplicate',
    });
  return requests;
}

function startedValues(call: DemoCall, now: Date): Values {
  const buyer = buyers[call.parties.buyer];
  const publisher = publishers[call.parties.publisher];
  return {
    call_date: callTime(now, call.call.minutes_ago, 'America/New_York').toString({ timeZoneName: 'never' }),
    caller_id: call.caller.number.replace(/^\+1(\d{3})(\d{3})/, '$1-$2-'),
    campaign_id: buyer.campaign.id,
    campaign_name: buyer.campaign.name,
    publisher_name: publisher.name,
    publisher_sub_id: publisher.subId,
    inbound_number_state: call.caller.state,
    zip_code: call.caller.zip,
    vertical: buyer.vertical,
    data_source: 'trackdrive',
  };
}

function endedValues(call: DemoCall): Values {
  const buyer = buyers[call.parties.buyer];
  return {
    buyer_name: buyer.name,
    client_id: String(buyer.clientId),
    target_name: buyer.target.name,
    target_did: buyer.target.did,
    duration: String(call.call.seconds),
    connected_call_length: String(call.call.connected),
    time_to_connect: String(call.call.seconds - call.call.connected),
    end_call_source: call.call.ended_by,
    is_duplicate: String(call.caller.repeat),
    converted: call.call.converted ? 'Converted' : 'Not Converted',
    revenue: call.call.converted ? buyer.perCall : '0.00',
    affiliate_payout: call.call.converted ? buyer.payout : '0.00',
    cost: '0.11',
    recording: '',
  };
}

function saleValues(sale: NonNullable<DemoCall['sale']>): Values {
  return { sale_amount: sale.amount, sale_count: '1', revenue: '', converted: '' };
}
