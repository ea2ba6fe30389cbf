import {
  billableWords,
  disagreementWords,
  prospectWords,
  reachedWords,
  resultWords,
  stateWords,
} from '../../words.ts';
import type { CallsFilter } from './calls-search.ts';

/** How each filter is named, and its choices where they are fixed. Those without are typed. */
export const filterWords: Record<CallsFilter, { label: string; choices?: Record<string, string> }> = {
  disagreement: { label: 'Disagreement', choices: { any: 'Any', ...disagreementWords } },
  prospect: { label: 'Prospect', choices: prospectWords },
  billable: { label: 'Billable', choices: billableWords },
  result: { label: 'Result', choices: resultWords },
  reached: { label: 'Reached', choices: reachedWords },
  converted: { label: 'Reported as converted', choices: { true: 'Yes', false: 'No' } },
  stage_state: { label: 'Stage state', choices: stateWords },
  publisher_name: { label: 'Publisher' },
  buyer_name: { label: 'Buyer' },
  campaign_name: { label: 'Campaign' },
  target_name: { label: 'Target' },
  vertical: { label: 'Vertical' },
  inbound_number_state: { label: 'State' },
  caller_id: { label: 'Caller' },
  reason: { label: 'Reason' },
  call_instance_id: { label: 'Call id' },
  connection_id: { label: 'Connection' },
  test: { label: 'Test calls', choices: { include: 'Shown too', only: 'Only these' } },
  extra: { label: 'Own field' },
  phrase: { label: 'Says' },
};

/** All filters, in the order in which they are offered. */
export const filterNames = Object.keys(filterWords) as CallsFilter[];
