import { z } from 'zod';
import { problem } from './problem.ts';
import { warning } from './shapes.ts';

const anyText = (description: string, example: string) =>
  z.union([z.string(), z.number(), z.null()]).optional().describe(`${description} Example: \`${example}\``);

/**
 * The body of the webhook as documented to senders. Only for description: what arrives is read far more
 * leniently (src/normalize), and unknown fields are kept.
 */
export const callEvent = z
  .looseObject({
    api_key: z
      .string()
      .optional()
      .describe('Authenticates the request; or send it as a header or in the query.'),
    connection_id: z.string().optional().describe('Identifies the integration; or put it into the path.'),
    call_instance_id: z.string().describe('Identifies the call; the same on every event of that call.'),
    buyer_name: anyText('Buyer that receives the call.', 'Acme Plumbing'),
    client_id: z.union([z.int(), z.string(), z.null()]).optional().describe('Internal client identifier.'),
    call_date: anyText("When the call took place, in the connection's zone.", '07/07/2025 01:59:05 PM'),
    caller_id: anyText("Caller's phone number.", '+15551234567'),
    campaign_id: anyText("Campaign's unique id.", 'CA123'),
    campaign_name: anyText("Campaign's name.", 'Plumbing NY'),
    campaign_tracking_id: anyText("Campaign's tracking id.", 'TRK-1'),
    connected_call_length: anyText('Seconds connected.', '65'),
    converted: anyText('Whether the call converted.', 'True'),
    duration: anyText('Seconds of the whole call.', '78'),
    end_call_source: anyText('Who ended the call: Caller, Callee or System.', 'Caller'),
    inbound_number_state: anyText('State of the inbound number.', 'NY'),
    is_duplicate: anyText('Whether the call is a duplicate.', 'false'),
    cost: anyText('Cost of the call.', '0.35'),
    publisher_sub_id: anyText("Publisher's sub id.", 'SUB-7'),
    publisher_name: anyText('Publisher.', 'Northgate Calls'),
    recording: anyText('Address of the recording.', 'https://recordings.example.com/1.mp3'),
    referrer_url: anyText('Referring URL.', 'https://example.com/landing'),
    revenue: anyText('Revenue generated.', '40.00'),
    subsource: anyText('Subsource tracking value.', 'radio'),
    target_did: anyText('Dialled number.', '+18885550101'),
    target_name: anyText("Buyer's endpoint.", 'Acme - Main'),
    target_sub_id: anyText("Target's sub id.", 'T-1'),
    time_to_call: anyText('Seconds before the call was started.', '3'),
    time_to_connect: anyText('Seconds until connected.', '13'),
    zip_code: anyText("Caller's postal code.", '10001'),
    data_source: anyText('Source of the data.', 'webhook'),
    vertical: anyText('Industry vertical.', 'home_services'),
    sale_amount: anyText('Sale amount, where there is one.', '350.00'),
    sale_count: anyText('Number of sales.', '1'),
    client_lead_id: anyText("Client's lead id.", 'L-42'),
    branch_name: anyText('Branch or location.', 'Queens'),
    affiliate_payout: anyText('Payout to the affiliate (publisher).', '28.00'),
  })
  .meta({ id: 'CallEvent' });

/** What the sender is told about one event. */
export const receipt = z
  .object({
    id: z.string().describe('event id'),
    call_id: z.string().nullable(),
    status: z.enum(['accepted', 'duplicate', 'quarantined', 'skipped']),
    is_test: z.boolean(),
    warnings: z.array(warning),
  })
  .meta({ id: 'Receipt' });

/** For a request that carries several events: one answer each, in their order. */
export const receipts = z.object({ items: z.array(z.union([receipt, problem])) }).meta({ id: 'Receipts' });
