import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import { formatClock, unknown } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { formatExact, formatMinute, zoneLabel } from '../../format/time.ts';
import { Badge } from '../../parts/badge.tsx';
import { buttonLook } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { listPlaces, type Neighbours } from '../calls/call-list-memory.ts';

function Fact({ term, title, children }: { term: string; title?: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0" title={title}>
      <dt className="text-ink-3 text-xs">{term}</dt>
      <dd className="mt-0.5 truncate font-medium text-sm">{children}</dd>
    </div>
  );
}

function Id({ term, value }: { term: string; value: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 text-ink-3 text-xs">
      {term} <code className="truncate font-mono text-ink-2">{value}</code>
      <CopyButton text={value} label={term} />
    </span>
  );
}

/** Whose call it was, when, how long, and for how much. */
export function CallHeader({
  call,
  around: { previous, next, position, place },
}: {
  call: CallBody;
  around: Neighbours;
}) {
  const at = call.call_date ?? call.first_event_at;
  const title = `${formatPhone(call.caller_id)}, ${formatMinute(at)}`;
  useEffect(() => {
    document.title = `${title} · Aria`;
  }, [title]);
  return (
    <header>
      <div className="mb-3 flex items-center gap-2 text-sm">
        <Link to={place} className="inline-flex h-7 items-center gap-1.5 text-ink-2 hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" /> {listPlaces[place]}
        </Link>
        <span className="ml-auto flex items-center gap-1">
          {position ? <span className="mr-1 text-ink-3 text-xs">{position}</span> : null}
          {previous ? (
            <Link
              to="/calls/$id"
              params={{ id: previous }}
              aria-label="Previous call"
              title="K"
              className={buttonLook({ size: 'icon' })}
            >
              <ChevronUp aria-hidden />
            </Link>
          ) : null}
          {next ? (
            <Link
              to="/calls/$id"
              params={{ id: next }}
              aria-label="Next call"
              title="J"
              className={buttonLook({ size: 'icon' })}
            >
              <ChevronDown aria-hidden />
            </Link>
          ) : null}
        </span>
      </div>
      <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-xl tracking-tight">
        {formatPhone(call.caller_id)}
        {call.is_test ? <Badge>Test</Badge> : null}
        {call.is_duplicate ? <Badge tone="warn">Duplicate</Badge> : null}
      </h1>
      <p className="mt-1 flex flex-wrap items-center gap-1.5 text-ink-2 text-sm">
        <span>{call.publisher_name ?? 'Unknown publisher'}</span>
        <ArrowRight aria-label="to" className="size-3.5 text-ink-3" />
        <span>{call.buyer_name ?? 'unknown buyer'}</span>
      </p>
      <div className="mt-1 flex flex-wrap gap-x-4">
        <Id term="Call" value={call.id} />
        <Id term="Platform id" value={call.call_instance_id} />
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4 xl:grid-cols-7">
        <Fact term={`Time (${zoneLabel(new Date(at))})`} title={formatExact(at)}>
          {formatMinute(at)}
        </Fact>
        <Fact term="Connected">{formatClock(call.connected_call_length)}</Fact>
        <Fact term="Whole call">{formatClock(call.duration)}</Fact>
        <Fact term="Campaign">{call.campaign_name ?? unknown}</Fact>
        <Fact term="Vertical">{call.vertical ?? unknown}</Fact>
        <Fact term="Revenue">{formatMoney(call.reported.revenue, call.currency)}</Fact>
        <Fact term="Connection">
          <Link
            to="/connections/$id"
            params={{ id: call.connection_id }}
            className="hover:text-accent-ink hover:underline"
          >
            {call.connection_name}
          </Link>
        </Fact>
      </dl>
    </header>
  );
}
