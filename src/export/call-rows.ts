import type { DisagreeingCallBody } from '../contract/disagreements.ts';
import type { SearchHitBody } from '../contract/search.ts';
import type { UnscoredCallBody } from '../contract/traffic-reports.ts';
import { type ExportCell, type ExportColumn, textColumn } from './export-column.ts';

const referenceColumns: ExportColumn[] = [
  textColumn('call_id', 'Call'),
  textColumn('call_instance_id', 'Call id of the platform'),
  { id: 'call_at', heading: 'Time', kind: 'instant' },
  { id: 'caller_id', heading: 'Caller', kind: 'phone' },
  textColumn('publisher_name', 'Publisher'),
  textColumn('buyer_name', 'Buyer'),
  textColumn('campaign_name', 'Campaign'),
  { id: 'connected_call_length', heading: 'Connected [s]', kind: 'number' },
  textColumn('currency', 'Currency'),
  { id: 'revenue', heading: 'Revenue', kind: 'money' },
  textColumn('prospect', 'Prospect'),
  textColumn('result', 'Result'),
  textColumn('billable', 'Billable'),
  textColumn('disagreements', 'Disagreements'),
];

/** Calls whose outcome disagrees with what was reported, with the words that decided. */
export const disagreeingColumns: ExportColumn[] = [
  ...referenceColumns,
  { id: 'sale_amount', heading: 'Sale amount', kind: 'money' },
  textColumn('reason', 'Reason'),
  textColumn('explanation', 'Explanation'),
  textColumn('quotes', 'Quotes'),
];

function toReferenceRow(call: SearchHitBody | DisagreeingCallBody | UnscoredCallBody): ExportCell[] {
  return [
    call.call_id,
    call.call_instance_id,
    Date.parse(call.call_at),
    call.caller_id,
    call.publisher_name,
    call.buyer_name,
    call.campaign_name,
    call.connected_call_length,
    call.currency,
    call.revenue,
    call.prospect,
    call.result,
    call.billable,
    call.disagreements.join(' ') || null,
  ];
}

/** Calls in which something was said, with the first places. */
export const searchColumns: ExportColumn[] = [
  ...referenceColumns,
  textColumn('said', 'Said'),
  { id: 'at_second', heading: 'At [s]', kind: 'number' },
];

/** A hit as `searchColumns` say. */
export function toSearchRow(hit: SearchHitBody): ExportCell[] {
  const said = hit.snippets.map(
    ({ speaker, pieces }) => `${speaker}: ${pieces.map((piece) => piece.text).join('')}`,
  );
  return [...toReferenceRow(hit), said.join(' | '), hit.snippets[0]?.start ?? null];
}

/** A call as `disagreeingColumns` say. */
export function toDisagreeingRow(call: DisagreeingCallBody): ExportCell[] {
  const quotes = call.quotes.map(({ speaker, quote }) => `${speaker}: ${quote}`);
  return [
    ...toReferenceRow(call),
    call.sale_amount,
    call.reason,
    call.explanation,
    quotes.join(' | ') || null,
  ];
}

/** Calls that were not scored, with the stage that holds each. */
export const unscoredColumns: ExportColumn[] = [
  ...referenceColumns,
  textColumn('stage', 'Stage'),
  textColumn('state', 'State'),
  textColumn('code', 'Code'),
  textColumn('detail', 'Why'),
];

/** A call as `unscoredColumns` say. */
export function toUnscoredRow(call: UnscoredCallBody): ExportCell[] {
  return [...toReferenceRow(call), call.stage, call.state, call.code, call.detail];
}
