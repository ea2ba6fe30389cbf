import type { Dimension } from '../../../../src/contract/reports.ts';
import { extraName } from '../../../../src/domain/mapping.ts';
import { addDays, type DayRange } from '../../period/period.ts';
import type { CallsFilter, CallsSearch } from '../calls/calls-search.ts';

/** A key of a report's row; a name that is unknown has a label, `(none)`, that works as a filter. */
type Key = { key: string | null; label: string };

const names: Partial<Record<Dimension, CallsFilter>> = {
  publisher: 'publisher_name',
  publisher_sub_id: 'publisher_sub_id',
  subsource: 'subsource',
  buyer: 'buyer_name',
  campaign: 'campaign_name',
  target: 'target_name',
  vertical: 'vertical',
  state: 'inbound_number_state',
  zip: 'zip_code',
  branch: 'branch_name',
  data_source: 'data_source',
  end_source: 'end_call_source',
  connection: 'connection_id',
};
const findings: Partial<Record<Dimension, CallsFilter>> = {
  reached: 'reached',
  prospect: 'prospect',
  reason: 'reason',
  result: 'result',
  billable: 'billable',
  flag: 'flag',
  scorecard: 'scorecard',
  disagreement: 'disagreement',
};

/** The calls that a row counts, as filters of the list of calls; null where no filter says it, as of an hour of the day. */
export function rowFilters(by: string, { key, label }: Key, days: DayRange): Partial<CallsSearch> | null {
  const own = extraName(by);
  if (own !== null) return { extra: `${own}=${key ?? label}` };
  const name = names[by as Dimension];
  if (name) return { [name]: key ?? label };
  const found = findings[by as Dimension];
  if (found && key !== null) return { [found]: key };
  return key === null ? null : within(stretchOf(by, key), days);
}

function stretchOf(by: string, key: string): DayRange | null {
  if (by === 'day') return { from: key, to: key };
  if (by === 'week') return { from: key, to: addDays(key, 6) };
  if (by !== 'month') return null;
  const first = `${key}-01`;
  return { from: first, to: addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1) };
}

/** A week or month at an end of the period is counted as far as the period goes. */
function within(stretch: DayRange | null, days: DayRange): Partial<CallsSearch> | null {
  if (!stretch) return null;
  const from = stretch.from < days.from ? days.from : stretch.from;
  const to = stretch.to > days.to ? days.to : stretch.to;
  return { period: 'custom', from, to };
}
