import { Scale } from 'lucide-react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { stakeSentence } from './stake-sentence.ts';

/** Where the report and the call contradict each other, in money. Nothing where they agree. */
export function DisagreementBanner({ call }: { call: CallBody }) {
  if (call.at_stake.length === 0) return null;
  return (
    <div className="flex gap-3 rounded-xl border border-line bg-bad-soft px-4 py-3">
      <Scale aria-hidden className="mt-0.5 size-4.5 shrink-0 text-bad" />
      <div>
        <h2 className="font-semibold text-bad text-sm">Reported and heard disagree</h2>
        {call.at_stake.map((stake) => (
          <p key={stake.kind} className="mt-0.5 text-sm">
            {stakeSentence(stake, call)}
          </p>
        ))}
      </div>
    </div>
  );
}
