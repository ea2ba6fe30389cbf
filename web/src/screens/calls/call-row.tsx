import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { CallSummaryBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import { formatClock } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { Badge } from '../../parts/badge.tsx';
import { cn } from '../../parts/class-names.ts';
import { DisagreementBadge } from '../../parts/disagreement-badge.tsx';
import { StageDots } from '../../parts/stage-dots.tsx';
import { numberLook, rowLook, Td } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { prospectTones, prospectWords, resultWords } from '../../words.ts';

const second = 'block truncate text-ink-3 text-xs';

function reportedWord(reported: CallSummaryBody['reported']): string {
  const { converted, sale_count, sale_amount, revenue } = reported;
  if (Number(sale_count ?? 0) > 0 || Number(sale_amount ?? 0) > 0) return 'sale';
  if (converted === null) return Number(revenue ?? 0) > 0 ? 'billed' : 'nothing reported';
  return converted ? 'converted' : 'not converted';
}

/** One call in two lines; the whole row leads to it. */
export const CallRow = memo(function CallRow({
  call,
  index,
  chosen,
}: {
  call: CallSummaryBody;
  index: number;
  chosen: boolean;
}) {
  const { outcome } = call;
  return (
    <tr
      data-row={index}
      className={cn(
        rowLook,
        'relative',
        chosen && 'bg-accent-soft outline-2 outline-accent -outline-offset-2',
      )}
    >
      <Td className="whitespace-nowrap">
        <Link
          to="/calls/$id"
          params={{ id: call.id }}
          className="font-medium after:absolute after:inset-0 hover:text-accent-ink"
        >
          {call.caller_id ? formatPhone(call.caller_id) : 'No number'}
        </Link>
        {call.is_test ? <Badge className="ml-2 h-5">Test</Badge> : null}
        <span className={second}>
          <When at={call.call_date ?? call.first_event_at} />
        </span>
        {/* a narrow screen has no room for these columns */}
        <span className="block max-w-36 sm:hidden">
          <span className={second}>{call.publisher_name ?? '—'}</span>
          <span className={second}>→ {call.buyer_name ?? '—'}</span>
        </span>
      </Td>
      <Td className="min-w-40 max-w-56 max-sm:hidden">
        <span className="block truncate">{call.publisher_name ?? '—'}</span>
        <span className={second}>→ {call.buyer_name ?? '—'}</span>
      </Td>
      <Td className={cn(numberLook, 'max-sm:hidden')}>{formatClock(call.connected_call_length)}</Td>
      <Td className={numberLook}>
        <span className="block">{formatMoney(call.reported.revenue, call.currency)}</span>
        <span className={second}>{reportedWord(call.reported)}</span>
      </Td>
      <Td className="whitespace-nowrap">
        {outcome ? (
          <>
            <Badge tone={prospectTones[outcome.prospect]} className="h-5">
              {prospectWords[outcome.prospect]}
            </Badge>
            <span className={cn(second, 'pl-2')}>{resultWords[outcome.result].toLowerCase()}</span>
            {call.disagreements.length > 0 ? (
              <span className="block pl-2 font-medium text-bad text-xs sm:hidden">disagrees</span>
            ) : null}
          </>
        ) : (
          <span className="text-ink-3">—</span>
        )}
      </Td>
      <Td className="max-sm:hidden">
        <span className="flex flex-col items-start gap-1">
          {call.disagreements.map((kind) => (
            <DisagreementBadge key={kind} kind={kind} />
          ))}
        </span>
      </Td>
      <Td className="text-right max-sm:hidden">
        <StageDots runs={call.stages} />
      </Td>
    </tr>
  );
});
