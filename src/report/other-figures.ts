import type { MetricBody } from '../contract/reports.ts';

function figure(
  unit: MetricBody['unit'],
  id: string,
  label: string,
  definition: string,
  denominator: string | null = null,
): MetricBody {
  return { id, label, unit, definition, denominator };
}

/**
 * Figures that stand in one report of their own and not among the metrics by which calls are broken down. Defined here
 * as metrics are, computed beside the question that they answer.
 */
export const otherFigures: MetricBody[] = [
  figure(
    'count',
    'threshold_connected',
    'Connected, threshold known',
    'Connected calls whose payable duration is known: set for connection and campaign, or by the billing rules of their scorecard.',
  ),
  figure(
    'count',
    'threshold_within',
    'Within',
    'Connected calls whose connected length lies at most so many seconds (5 unless told) below or above their payable duration.',
  ),
  figure(
    'percent',
    'threshold_share',
    'Share within',
    'Calls within ÷ connected calls whose payable duration is known.',
    'connected calls with a known payable duration',
  ),
  figure(
    'count',
    'threshold_just_below',
    'Just below',
    'Of the calls within, those that ended before their payable duration was reached.',
  ),
  figure(
    'seconds',
    'payable_seconds',
    'Payable from',
    'Connected seconds from which these calls are paid: every payable duration that applied.',
  ),
  figure(
    'count',
    'caller_calls',
    'Calls of the caller',
    'Calls of one number in the period, through all publishers; test calls and withheld numbers never count.',
  ),
  figure(
    'money',
    'caller_revenue',
    'Revenue of the caller',
    'Sum of the revenue of these calls; unknown where none of them carries it.',
  ),
  figure(
    'money',
    'caller_payout',
    'Payout of the caller',
    'Sum of the payout of these calls to publishers; unknown where none of them carries it.',
  ),
  figure('seconds', 'silent_seconds', 'Silent', 'Seconds since the last call of the source.'),
  figure(
    'seconds',
    'usual_gap_seconds',
    'Usual gap',
    'Median of the seconds between two calls that follow each other, in the last 42 days.',
  ),
  figure(
    'count',
    'expected_calls',
    'Expected since',
    'Median of the calls that came in the same hours of the four weeks before, counted from its last call on; unknown in its first week. Five or more: the source is silent.',
  ),
  figure(
    'count',
    'reviewed_calls',
    'Reviewed',
    'Calls with a standing review of this answer that this judge judged by this version.',
  ),
  figure('count', 'given_answers', 'Given', 'Reviewed calls for which the judge said more than unknown.'),
  figure(
    'percent',
    'right_share',
    'Right',
    'Answers given for which the reviewer says the same ÷ answers given. People choose what they review, so it need not hold for all calls.',
    'answers given',
  ),
  figure(
    'ratio',
    'kappa',
    'Kappa',
    "Cohen's kappa: how far judge and reviewer agree beyond what chance alone would bring; 1 is always, 0 no better than chance. Unknown where chance alone would agree.",
    'what chance leaves open',
  ),
];
