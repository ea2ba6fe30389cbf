import type {
  CoverageBody,
  RepeatCallerBody,
  SilentSourcesBody,
  ThresholdClusteringBody,
} from '../contract/traffic-reports.ts';
import { definitionText } from '../report/definition-text.ts';
import { definitionsOf } from '../report/definitions.ts';
import { allAtOnce } from './all-at-once.ts';
import { type ExportCell, type ExportColumn, type ExportRows, textColumn } from './export-column.ts';

/** Why calls were not scored, as on the page; then what was scored, and the total with the share. */
export function toCoverageRows(report: CoverageBody): ExportRows {
  const { calls, scored, connected, connected_scored, coverage } = report;
  return allAtOnce(
    [
      textColumn('reason', 'Reason'),
      textColumn('stage', 'Stage'),
      textColumn('state', 'State'),
      textColumn('code', 'Code'),
      figure('calls', 'Calls', 'calls'),
      figure('connected', 'Connected', 'connected'),
      figure('coverage', 'Coverage [%]', 'coverage'),
      textColumn('advice', 'What to do'),
    ],
    [
      ...report.reasons.map((reason) => [
        ...[reason.label, reason.stage, reason.state, reason.code],
        ...[reason.calls, reason.connected, null, reason.advice],
      ]),
      ['Scored', null, null, null, scored, connected_scored, null, null],
      ['Total', null, null, null, calls, connected, coverage, null],
    ],
  );
}

/** Calls that end around the moment from which they are paid, by publisher; the total is the last row. */
export function toThresholdRows({
  rows,
  total,
  unknown,
  within_seconds,
}: ThresholdClusteringBody): ExportRows {
  const end = (which: string): Pick<ExportColumn, 'kind' | 'definition'> => ({
    kind: 'number',
    definition: `${which} end of the 95 % interval (Wilson) of the share within.`,
  });
  return allAtOnce(
    [
      textColumn('publisher_name', 'Publisher'),
      figure('connected', 'Connected', 'threshold_connected'),
      figure('within', `Within ${within_seconds} s`, 'threshold_within'),
      figure('share', 'Share within [%]', 'threshold_share'),
      { id: 'share_low', heading: 'Share within, low [%]', ...end('Lower') },
      { id: 'share_high', heading: 'Share within, high [%]', ...end('Upper') },
      figure('just_below', 'Just below', 'threshold_just_below'),
      { ...figure('payable_seconds', 'Payable from [s]', 'payable_seconds'), kind: 'text' },
      {
        id: 'unknown',
        heading: 'Payable duration unknown',
        kind: 'number',
        definition:
          'Connected calls without a known payable duration: in no other column; told in the total.',
      },
    ],
    [
      ...rows.map((row) => [
        ...[row.publisher_name ?? '(none)', row.connected, row.within, row.share, row.low, row.high],
        ...[row.just_below, row.payable_seconds.join(', '), null],
      ]),
      ['Total', total.connected, total.within, total.share, null, null, null, null, unknown],
    ],
  );
}

/** Callers whom more than one publisher sent. */
export const repeatCallerColumns: ExportColumn[] = [
  { id: 'caller_id', heading: 'Caller', kind: 'phone' },
  figure('calls', 'Calls', 'caller_calls'),
  textColumn('publishers', 'Publishers, calls of each'),
  textColumn('currency', 'Currency'),
  { ...figure('revenue', 'Revenue', 'caller_revenue'), kind: 'money' },
  { ...figure('payout', 'Payout', 'caller_payout'), kind: 'money' },
  { id: 'first_call_at', heading: 'First call', kind: 'instant' },
  { id: 'last_call_at', heading: 'Last call', kind: 'instant' },
];

/** A caller as `repeatCallerColumns` say. */
export function toRepeatCallerRow(caller: RepeatCallerBody): ExportCell[] {
  return [
    caller.caller_id,
    caller.calls,
    caller.publishers.map(({ publisher_name, calls }) => `${publisher_name} ${calls}`).join(', '),
    caller.currencies.join('/'),
    caller.revenue,
    caller.payout,
    Date.parse(caller.first_call_at),
    Date.parse(caller.last_call_at),
  ];
}

/** Who has sent nothing for longer than is usual. */
export function toSilentSourceRows({ items }: SilentSourcesBody): ExportRows {
  return allAtOnce(
    [
      textColumn('label', 'Source'),
      textColumn('source', 'Kind'),
      { id: 'silent', heading: 'Silent', kind: 'boolean' },
      { id: 'last_call_at', heading: 'Last call', kind: 'instant' },
      figure('silent_seconds', 'Silent for [s]', 'silent_seconds'),
      figure('usual_gap_seconds', 'Usual gap [s]', 'usual_gap_seconds'),
      figure('expected_calls', 'Expected since', 'expected_calls'),
    ],
    items.map((item) => [
      ...[item.label, item.source, item.exceeded, Date.parse(item.last_call_at)],
      ...[item.silent_seconds, item.usual_gap_seconds, item.expected_calls],
    ]),
  );
}

/** A column that counts what the figure `of` is defined to count. */
function figure(id: string, heading: string, of: string): ExportColumn {
  const [metric] = definitionsOf(of);
  return { id, heading, kind: 'number', definition: metric && definitionText(metric) };
}
