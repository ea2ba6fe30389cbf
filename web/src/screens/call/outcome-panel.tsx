import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatDecimal, unknown } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import {
  billableTones,
  billableWords,
  humanize,
  prospectTones,
  prospectWords,
  reachedWords,
  resultWords,
} from '../../words.ts';
import { ReviewOutcome } from './review-outcome.tsx';

function Pair({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-3 py-1">
      <dt className="text-ink-2">{term}</dt>
      <dd className="text-right font-medium">{children}</dd>
    </div>
  );
}

const yesNo = (value: boolean | null) => (value === null ? unknown : value ? 'Yes' : 'No');

/** What was heard beside what the platform reported. */
export function OutcomePanel({ call, mayWrite }: { call: CallBody; mayWrite: boolean }) {
  const { outcome, reported, currency } = call;
  return (
    <div className="grid overflow-hidden rounded-xl border border-line bg-line gap-px md:grid-cols-[1.5fr_1fr]">
      <section aria-labelledby="heard" className="bg-surface px-4 py-3.5">
        <h2 id="heard" className="mb-2 text-ink-3 text-xs">
          Heard on the call
        </h2>
        {outcome ? (
          <>
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={prospectTones[outcome.prospect]}>{prospectWords[outcome.prospect]}</Badge>
              <Badge tone={billableTones[outcome.billable]}>{billableWords[outcome.billable]}</Badge>
              <Badge>{resultWords[outcome.result]}</Badge>
              <Badge>{reachedWords[outcome.reached]}</Badge>
              {outcome.flags.map((flag) => (
                <Badge key={flag} tone="warn">
                  {humanize(flag)}
                </Badge>
              ))}
              {outcome.score !== null ? (
                <span
                  className="ml-auto font-semibold text-lg"
                  title="Weighted share of yes among the answers, 0 to 100"
                >
                  {formatDecimal(outcome.score)}
                  <span className="font-normal text-ink-3 text-xs"> / 100</span>
                </span>
              ) : null}
            </div>
            <p className="mt-3 text-pretty text-sm leading-relaxed">{outcome.explanation}</p>
            <ReviewOutcome call={call} mayWrite={mayWrite} />
          </>
        ) : (
          <p className="text-ink-2 text-sm">Not scored yet.</p>
        )}
      </section>
      <section aria-labelledby="reported" className="bg-surface px-4 py-3.5">
        <h2 id="reported" className="mb-1 text-ink-3 text-xs">
          Reported by the platform
        </h2>
        <dl className="grid gap-x-6 text-sm">
          <Pair term="Revenue">{formatMoney(reported.revenue, currency)}</Pair>
          <Pair term="Payout">{formatMoney(reported.affiliate_payout, currency)}</Pair>
          <Pair term="Converted">{yesNo(reported.converted)}</Pair>
          <Pair term="Sale">
            {reported.sale_amount === null && reported.sale_count === null
              ? unknown
              : `${formatCount(reported.sale_count)} · ${formatMoney(reported.sale_amount, currency)}`}
          </Pair>
        </dl>
      </section>
    </div>
  );
}
