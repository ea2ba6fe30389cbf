import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { CallSummaryBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import { formatClock } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { zoneLabel } from '../../format/time.ts';
import { Badge } from '../../parts/badge.tsx';
import { cn } from '../../parts/class-names.ts';
import { DisagreementBadge } from '../../parts/disagreement-badge.tsx';
import { StageDots } from '../../parts/stage-dots.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { prospectTones, prospectWords, resultWords } from '../../words.ts';

function Reported({ call }: { call: CallSummaryBody }) {
  const { converted, sale_count, sale_amount } = call.reported;
  const sold = Number(sale_count ?? 0) > 0 || Number(sale_amount ?? 0) > 0;
  if (sold) return <>Sale</>;
  if (converted === null) return <span className="text-ink-3">—</span>;
  return converted ? <>Converted</> : <span className="text-ink-3">Not converted</span>;
}

/** The calls, one a row. `chosen` is the row that the keys are at. */
export function CallsTable({ calls, chosen }: { calls: readonly CallSummaryBody[]; chosen: number }) {
  return (
    <Table label="Calls">
      <thead>
        <tr>
          <Th>Time ({zoneLabel()})</Th>
          <Th>Caller</Th>
          <Th>Publisher and buyer</Th>
          <Th className="text-right">Connected</Th>
          <Th>Reported</Th>
          <Th>Outcome</Th>
          <Th className="text-right">Revenue</Th>
          <Th>Disagreement</Th>
          <Th>Stages</Th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call, index) => (
          <tr
            key={call.id}
            data-row={index}
            className={cn(
              rowLook,
              'relative',
              index === chosen && 'bg-accent-soft outline-2 outline-accent -outline-offset-2',
            )}
          >
            <Td className="whitespace-nowrap">
              <Link
                to="/calls/$id"
                params={{ id: call.id }}
                className="inline-flex min-h-6 items-center font-medium after:absolute after:inset-0 hover:text-accent-ink"
              >
                <When at={call.call_date ?? call.first_event_at} />
              </Link>
              {call.is_test ? <Badge className="ml-2">Test</Badge> : null}
            </Td>
            <Td className="whitespace-nowrap">{formatPhone(call.caller_id)}</Td>
            <Td className="max-w-72">
              <span className="flex items-center gap-1.5">
                <span className="truncate">{call.publisher_name ?? '—'}</span>
                <ArrowRight aria-label="to" className="size-3.5 shrink-0 text-ink-3" />
                <span className="truncate">{call.buyer_name ?? '—'}</span>
              </span>
            </Td>
            <Td className={numberLook}>{formatClock(call.connected_call_length)}</Td>
            <Td className="whitespace-nowrap">
              <Reported call={call} />
            </Td>
            <Td className="whitespace-nowrap">
              {call.outcome ? (
                <span className="flex items-center gap-2">
                  <Badge tone={prospectTones[call.outcome.prospect]}>
                    {prospectWords[call.outcome.prospect]}
                  </Badge>
                  {call.outcome.result === 'none' ? null : (
                    <span className="text-ink-2 text-xs">{resultWords[call.outcome.result]}</span>
                  )}
                </span>
              ) : (
                <span className="text-ink-3">—</span>
              )}
            </Td>
            <Td className={numberLook}>{formatMoney(call.reported.revenue, call.currency)}</Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {call.disagreements.map((kind) => (
                  <DisagreementBadge key={kind} kind={kind} />
                ))}
              </span>
            </Td>
            <Td>
              <StageDots runs={call.stages} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
