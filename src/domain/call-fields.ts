/**
 * The fields of a call, as the public webhook contract names them (docs/webhook.md), less the three that
 * identify the request: `api_key`, `connection_id`, `call_instance_id`.
 */

/** How a field's text is read. One reader per kind, in src/normalize. */
export type FieldKind =
  | 'text'
  | 'id'
  | 'date'
  | 'phone'
  | 'seconds'
  | 'boolean'
  | 'end-call-source'
  | 'state'
  | 'zip'
  | 'url'
  | 'money'
  | 'count';

export const callFieldKinds = {
  buyer_name: 'text',
  client_id: 'id',
  call_date: 'date',
  caller_id: 'phone',
  campaign_id: 'id',
  campaign_name: 'text',
  campaign_tracking_id: 'id',
  connected_call_length: 'seconds',
  converted: 'boolean',
  duration: 'seconds',
  end_call_source: 'end-call-source',
  inbound_number_state: 'state',
  is_duplicate: 'boolean',
  cost: 'money',
  publisher_sub_id: 'id',
  publisher_name: 'text',
  recording: 'url',
  referrer_url: 'text',
  revenue: 'money',
  subsource: 'text',
  target_did: 'phone',
  target_name: 'text',
  target_sub_id: 'id',
  time_to_call: 'seconds',
  time_to_connect: 'seconds',
  zip_code: 'zip',
  data_source: 'text',
  vertical: 'text',
  sale_amount: 'money',
  sale_count: 'count',
  client_lead_id: 'id',
  branch_name: 'text',
  affiliate_payout: 'money',
} as const satisfies Record<string, FieldKind>;

export type CallField = keyof typeof callFieldKinds;

/** What each kind becomes once read. Money and seconds stay decimal text, so that no digit is lost on the way. */
export type FieldValue<K extends FieldKind> = K extends 'boolean' ? boolean : string;

/**
 * The known values of a call or of one event: a missing key means unknown (never `null`, `''` or 0).
 * `call_date` is an instant in ISO 8601 UTC; `seconds`, `money` and `count` are plain decimal text such as
 * `"78"`, `"12.50"`, `"-0.08"`; `phone` is E.164.
 */
export type CallFields = { [F in CallField]?: FieldValue<(typeof callFieldKinds)[F]> };

export const callFields = Object.keys(callFieldKinds) as CallField[];
