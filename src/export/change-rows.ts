import { type ChangeBody, changedMoney } from '../contract/changes.ts';
import { type ExportCell, type ExportColumn, textColumn } from './export-column.ts';

const changed = 'of a change of money alone, in the currency beside it; unknown of changes of anything else.';

/** Changes of money and outcome: before and after as words, and amounts of money as such, too. */
export const changeColumns: ExportColumn[] = [
  { id: 'changed_at', heading: 'Changed', kind: 'instant' },
  textColumn('call_id', 'Call'),
  textColumn('call_instance_id', 'Call id of the platform'),
  { id: 'call_at', heading: 'Time of the call', kind: 'instant' },
  textColumn('publisher_name', 'Publisher'),
  textColumn('buyer_name', 'Buyer'),
  textColumn('field', 'Field'),
  textColumn('before', 'Before'),
  textColumn('after', 'After'),
  textColumn('currency', 'Currency'),
  {
    id: 'amount_before',
    heading: 'Amount before',
    kind: 'money',
    definition: `What stood before, ${changed}`,
  },
  { id: 'amount_after', heading: 'Amount after', kind: 'money', definition: `What stands since, ${changed}` },
  {
    id: 'difference',
    heading: 'Difference',
    // exact decimals, also where it is a score or a number of sales
    kind: 'money',
    definition: 'After − before, where both are numbers; in the currency beside it where it is of money.',
  },
  textColumn('cause', 'Cause'),
  textColumn('by', 'By'),
  textColumn('event_id', 'Event'),
];

/** A change as `changeColumns` say. */
export function toChangeRow(change: ChangeBody): ExportCell[] {
  const { before, after, difference, cause } = change;
  const isMoney = changedMoney.has(change.field);
  return [
    Date.parse(change.changed_at),
    change.call_id,
    change.call_instance_id,
    Date.parse(change.call_at),
    change.publisher_name,
    change.buyer_name,
    change.field,
    before,
    after,
    ...(isMoney ? [change.currency, before, after] : [null, null, null]),
    difference,
    cause.kind,
    cause.by,
    cause.event_id,
  ];
}
