import type { DemoCall } from '../calls.ts';
import { buyers, publishers } from '../parties.ts';
import type { Account, PlatformRequest } from './account.ts';
import { uuidOf } from './call-ids.ts';
import { callTime } from './call-times.ts';

/** The pixels of a Retreaver account: everything, the key too, in the query of a GET; times in UTC. */
export function retreaverRequests(
  call: DemoCall,
  account: Account,
  now: Date,
  recordingUrl: string | null,
): PlatformRequest[] {
  const callInstanceId = uuidOf(call.slug);
  const get = (event: string, values: Record<string, string>): PlatformRequest => {
    const url = new URL('/v1/events', account.url);
    const keys = { api_key: account.apiKey, connection_id: account.connectionId };
    url.search = new URLSearchParams({
      ...keys,
      call_instance_id: callInstanceId,
      event,
      ...values,
    }).toString();
    return {
      what: `retreaver ${event}`,
      callInstanceId,
      method: 'GET',
      url: url.href,
      headers: {},
      body: null,
      expected: 'accepted',
      late: false,
    };
  };

  const buyer = buyers[call.parties.buyer];
  const publisher = publishers[call.parties.publisher];
  const start = {
    call_date: callTime(now, call.call.minutes_ago, 'UTC')
      .toInstant()
      .toString({ fractionalSecondDigits: 3 }),
    caller_id: call.caller.number,
    campaign_id: buyer.campaign.id,
    campaign_name: buyer.campaign.name,
    publisher_name: publisher.name,
    publisher_sub_id: publisher.subId,
    inbound_number_state: call.caller.state,
    zip_code: call.caller.zip,
    vertical: buyer.vertical,
  };
  const end = {
    ...start,
    buyer_name: buyer.name,
    target_name: buyer.target.name,
    target_did: buyer.target.did,
    duration: String(call.call.seconds),
    connected_call_length: String(call.call.connected),
    time_to_connect: String(call.call.seconds - call.call.connected),
    end_call_source: call.call.ended_by,
    is_duplicate: String(call.caller.repeat),
    cost: '0.08',
    converted: '',
    revenue: '',
    affiliate_payout: '',
    recording: recordingUrl ?? '',
  };
  // Retreaver decides on conversion some twenty seconds after the end; the pixel tells the decision alone.
  const decided = {
    converted: String(call.call.converted),
    revenue: call.call.converted ? String(Number(buyer.perCall)) : '',
    affiliate_payout: call.call.converted ? String(Number(buyer.payout)) : '',
    sale_amount: call.sale?.amount ?? '',
    sale_count: call.sale === undefined ? '' : '1',
    recording: '',
  };
  const requests = [get('start', start), get('end', end), get('converted', decided)];
  return call.mishap === 'sent-twice'
    ? [...requests, { ...get('end', end), what: 'retreaver end, again', expected: 'duplicate' }]
    : requests;
}
