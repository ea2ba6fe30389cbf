import { Temporal } from 'temporal-polyfill';
import type { DateOrder } from '../domain/mapping.ts';

/**
 * `MM/DD/YYYY HH:MM:SS AM` of an instant on a zone's clocks, as the contract writes call_date; the day first for a connection
 * whose mapping reads it so.
 */
export function contractDate(instant: Date, timeZone: string, order: DateOrder = 'month-first'): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12;
  const half = at.hour < 12 ? 'AM' : 'PM';
  const [first, second] = order === 'day-first' ? [at.day, at.month] : [at.month, at.day];
  return `${two(first)}/${two(second)}/${at.year} ${two(hour)}:${two(at.minute)}:${two(at.second)} ${half}`;
}

/** One completed call with all 36 fields of the contract, marked as a test (`aria_test`). */
export function testEvent(from: {
  apiKey: string;
  connectionId: string;
  timeZone: string;
  now: Date;
  dateOrder?: DateOrder;
}): Record<string, string | number | null> {
  return {
    api_key: from.apiKey,
    connection_id: from.connectionId,
    call_instance_id: `test-${from.now.getTime()}`,
    buyer_name: 'Example Buyer',
    client_id: 1001,
    call_date: contractDate(from.now, from.timeZone, from.dateOrder),
    caller_id: '+12125550123',
    campaign_id: 'CA1001',
    campaign_name: 'Example Campaign',
    campaign_tracking_id: 'TRK1001',
    connected_call_length: '65',
    converted: 'True',
    duration: '78',
    end_call_source: 'Caller',
    inbound_number_state: 'NY',
    is_duplicate: 'false',
    cost: '0.35',
    publisher_sub_id: 'SUB1001',
    publisher_name: 'Example Publisher',
    recording: 'https://recordings.example.com/test-call.mp3',
    referrer_url: 'https://www.example.com/landing?utm_source=test',
    revenue: '40.00',
    subsource: 'search',
    target_did: '+18005550199',
    target_name: 'Example Buyer - Main Line',
    target_sub_id: 'TGT1001',
    time_to_call: '3',
    time_to_connect: '13',
    zip_code: '10001',
    data_source: 'test',
    vertical: 'home_services',
    sale_amount: 350,
    sale_count: 1,
    client_lead_id: 'LEAD1001',
    branch_name: 'Example Branch',
    affiliate_payout: '28.00',
    aria_test: 'true',
  };
}
