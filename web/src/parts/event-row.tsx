import { ChevronRight } from 'lucide-react';
import type { EventBody } from '../../../src/contract/events.ts';
import { prettyBody } from '../format/body.ts';
import { formatCounted } from '../format/number.ts';
import type { Tone } from '../words.ts';
import { humanize } from '../words.ts';
import { Badge } from './badge.tsx';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { EventActions } from './event-actions.tsx';
import { EventReadings } from './event-readings.tsx';
import { When } from './when.tsx';

const tones: Record<EventBody['status'], Tone> = { accepted: 'good', quarantined: 'bad', skipped: 'neutral' };

/** What a request had wrong, field by field. */
export function Warnings({ warnings }: { warnings: EventBody['warnings'] }) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {warnings.map((warning) => (
        <li key={`${warning.field} ${warning.code}`} className="text-pretty">
          <code className="mr-1.5 font-mono text-warn text-xs">{warning.field}</code>
          {warning.message}
        </li>
      ))}
    </ul>
  );
}

/** One request as it came; opens to its body and warnings. */
export function EventRow({ event, open = false }: { event: EventBody; open?: boolean }) {
  return (
    <details open={open} className="group px-4 py-1">
      <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-3 gap-y-1 rounded text-sm">
        <ChevronRight aria-hidden className="size-4 text-ink-3 transition-transform group-open:rotate-90" />
        <When at={event.received_at} />
        <Badge tone={tones[event.status]}>{humanize(event.status)}</Badge>
        {event.kind ? <span className="text-ink-2">{event.kind}</span> : null}
        {event.is_test ? <Badge>Test</Badge> : null}
        {event.deliveries > 1 ? (
          <span className="text-ink-3 text-xs">sent {event.deliveries} times</span>
        ) : null}
        {event.warnings.length > 0 ? (
          <Badge tone="warn">{formatCounted(event.warnings.length, 'warning')}</Badge>
        ) : null}
        <span className="min-w-0 flex-1 basis-24 truncate text-right font-mono text-ink-3 text-xs">
          {event.call_instance_id ?? 'no call id'}
        </span>
      </summary>
      <div className="flex flex-col gap-3 pt-1 pb-3 sm:pl-7">
        {event.warnings.length > 0 ? <Warnings warnings={event.warnings} /> : null}
        <p className="flex flex-wrap items-center gap-x-3 text-ink-2 text-xs">
          <span>
            {event.method} {event.query ? `?${event.query.replace(/^\?/, '')}` : ''}
          </span>
          <span>{event.content_type || 'no content type'}</span>
          <span className="inline-flex items-center gap-1">
            <code className="font-mono">{event.id}</code>
            <CopyButton text={event.id} label="event id" />
          </span>
        </p>
        <EventReadings eventId={event.id} />
        <EventActions event={event} />
        <CodeBlock text={prettyBody(event.body, event.content_type) || '(empty)'} label="request body" />
      </div>
    </details>
  );
}
