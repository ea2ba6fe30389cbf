import { Scale } from 'lucide-react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import type { Disagreement } from '../../words.ts';

function sentence(kind: Disagreement, call: CallBody): string {
  const money = (amount: string | null) => formatMoney(amount, call.currency);
  switch (kind) {
    case 'billed_not_qualified':
      return `${money(call.reported.revenue)} was billed, but by the scorecard the call is not billable.`;
    case 'qualified_not_billed':
      return 'By the scorecard the call is billable, but no revenue was reported.';
    case 'sale_heard_not_reported':
      return 'A sale was made on the call, but none was reported.';
    case 'sale_reported_not_heard':
      return call.reported.sale_amount === null
        ? 'A sale was reported, but none is heard on the call.'
        : `A sale of ${money(call.reported.sale_amount)} was reported, but none is heard on the call.`;
  }
}

/** Where the report and the call contradict each other, in money. Nothing where they agree. */
export function DisagreementBanner({ call }: { call: CallBody }) {
  if (call.disagreements.length === 0) return null;
  return (
    <div className="flex gap-3 rounded-xl border border-line bg-bad-soft px-4 py-3">
      <Scale aria-hidden className="mt-0.5 size-4.5 shrink-0 text-bad" />
      <div>
        <h2 className="font-semibold text-bad text-sm">Reported and heard disagree</h2>
        {call.disagreements.map((kind) => (
          <p key={kind} className="mt-0.5 text-sm">
            {sentence(kind, call)}
          </p>
        ))}
      </div>
    </div>
  );
}
