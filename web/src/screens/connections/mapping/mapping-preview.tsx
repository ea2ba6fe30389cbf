import { ChevronRight } from 'lucide-react';
import type { PreviewedEventBody } from '../../../../../src/contract/mapping.ts';
import { formatCounted } from '../../../format/number.ts';
import { Warnings } from '../../../parts/event-row.tsx';
import { When } from '../../../parts/when.tsx';
import { type Change, ChangeTable } from './change-table.tsx';

/** The last events, read by the mapping in force and by the draft. */
export function MappingPreview({ events }: { events: PreviewedEventBody[] }) {
  const changed = events.filter((event) => event.changed);
  return (
    <section aria-label="Preview" className="rounded-lg border border-line">
      <p role="status" className="px-4 py-3 text-sm">
        {events.length === 0
          ? 'No real event has arrived yet, so there is nothing to try this on.'
          : `${changed.length} of the last ${formatCounted(events.length, 'event')} would be read otherwise.`}
      </p>
      {changed.map((event, index) => (
        <details key={event.id} open={index === 0} className="group border-line border-t">
          <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-3 px-4 text-sm">
            <ChevronRight
              aria-hidden
              className="size-4 text-ink-3 transition-transform group-open:rotate-90"
            />
            <When at={event.received_at} />
            <span className="min-w-0 flex-1 basis-24 truncate text-right font-mono text-ink-3 text-xs">
              {event.call_instance_id.after ?? 'no call id'}
            </span>
          </summary>
          <ChangeTable label={`Changes of the event ${event.id}`} changes={changesOf(event)} />
          {event.warnings_after.length > 0 ? (
            <div className="border-line border-t px-4 py-3">
              <p className="mb-1 font-medium text-xs">
                Warnings with this mapping ({event.warnings_before.length} before)
              </p>
              <Warnings warnings={event.warnings_after} />
            </div>
          ) : null}
        </details>
      ))}
    </section>
  );
}

function changesOf({ call_instance_id, kind, fields }: PreviewedEventBody): Change[] {
  const named = fields.map(({ field, before, after, name_before, name_after }) => {
    return { field, before, after, from: name_after ?? name_before };
  });
  return [{ field: 'call_instance_id', ...call_instance_id }, { field: 'kind', ...kind }, ...named].filter(
    ({ before, after }) => before !== after,
  );
}
