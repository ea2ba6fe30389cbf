import type { RangeField } from '../../../../src/contract/call-ranges.ts';
import { flagValues } from '../../../../src/domain/outcome.ts';
import { stageStates, stages } from '../../../../src/domain/stage.ts';
import {
  billableWords,
  disagreementWords,
  humanize,
  prospectWords,
  reachedWords,
  resultWords,
  stageWords,
  stateWords,
} from '../../words.ts';
import { type CallsFilter, rangeNames } from './calls-search.ts';

type Words = { label: string; choices?: Record<string, string>; isNumber?: true };

const yesOrNo = { true: 'Yes', false: 'No' };
const numbers: Record<RangeField, string> = {
  score: 'Score',
  connected_call_length: 'Connected [s]',
  duration: 'Duration [s]',
  time_to_call: 'Time to call [s]',
  time_to_connect: 'Time to connect [s]',
  revenue: 'Revenue',
  affiliate_payout: 'Payout',
  cost: 'Cost',
  sale_amount: 'Sale amount',
  sale_count: 'Sales',
};
const ranges = Object.fromEntries(
  rangeNames.map((name) => {
    const words = numbers[name.slice(0, -4) as RangeField];
    return [name, { label: `${words}, at ${name.endsWith('_min') ? 'least' : 'most'}`, isNumber: true }];
  }),
) as Record<(typeof rangeNames)[number], Words>;

/** `transcribe.failed` → `Transcript: failed`. */
const stagesAndStates = Object.fromEntries(
  stages.flatMap((stage) =>
    stageStates.map((state) => [
      `${stage}.${state}`,
      `${stageWords[stage]}: ${stateWords[state].toLowerCase()}`,
    ]),
  ),
);

/** How each filter is named, and its choices where they are fixed. Those without are typed. */
export const filterWords: Record<CallsFilter, Words> = {
  disagreement: { label: 'Disagreement', choices: { any: 'Any', ...disagreementWords } },
  prospect: { label: 'Prospect', choices: prospectWords },
  billable: { label: 'Billable', choices: billableWords },
  result: { label: 'Result', choices: resultWords },
  reached: { label: 'Reached', choices: reachedWords },
  flag: {
    label: 'Flag',
    choices: {
      any: 'Any',
      none: 'No flag, and scored',
      ...Object.fromEntries(flagValues.map((flag) => [flag, humanize(flag)])),
    },
  },
  connected: { label: 'Connected', choices: yesOrNo },
  converted: { label: 'Reported as converted', choices: yesOrNo },
  is_duplicate: { label: 'Duplicate (platform)', choices: yesOrNo },
  is_repeat: { label: 'Duplicate (computed)', choices: yesOrNo },
  stage_state: { label: 'Stage state', choices: { ...stateWords, ...stagesAndStates } },
  publisher_name: { label: 'Publisher' },
  publisher_sub_id: { label: 'Publisher sub id' },
  subsource: { label: 'Subsource' },
  buyer_name: { label: 'Buyer' },
  campaign_name: { label: 'Campaign' },
  target_name: { label: 'Target' },
  vertical: { label: 'Vertical' },
  inbound_number_state: { label: 'State' },
  zip_code: { label: 'ZIP' },
  branch_name: { label: 'Branch' },
  data_source: { label: 'Data source' },
  end_call_source: { label: 'Ended by' },
  campaign_id: { label: 'Campaign id' },
  campaign_tracking_id: { label: 'Campaign tracking id' },
  client_id: { label: 'Client id' },
  client_lead_id: { label: 'Client lead id' },
  target_did: { label: 'Target number' },
  target_sub_id: { label: 'Target sub id' },
  referrer_url: { label: 'Referrer address' },
  caller_id: { label: 'Caller' },
  reason: { label: 'Reason' },
  scorecard: { label: 'Scorecard' },
  ...ranges,
  call_instance_id: { label: 'Call id' },
  connection_id: { label: 'Connection' },
  test: { label: 'Test calls', choices: { include: 'Shown too', only: 'Only these' } },
  extra: { label: 'Own field' },
  phrase: { label: 'Says' },
};

/** All filters, in the order in which they are offered. */
export const filterNames = Object.keys(filterWords) as CallsFilter[];
