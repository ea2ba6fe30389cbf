import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api-query.ts';
import { When } from '../../parts/when.tsx';
import { changeCause, humanize } from '../../words.ts';

/** How the call's money and outcome changed after they were first known. Nothing where they did not. */
export function CallChanges({ callId }: { callId: string }) {
  const { data } = useQuery(apiQuery('listChanges', { query: { call_id: callId, limit: 100 } }));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="call-changes" className="border-line border-t px-4 py-3.5">
      <h3 id="call-changes" className="mb-2 font-semibold text-sm">
        Changed since it was first reported
      </h3>
      <ul className="flex flex-col gap-1.5 text-sm">
        {data.items.map(({ id, changed_at, field, before, after, cause }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span className="w-36 font-medium">{humanize(field)}</span>
            <span>
              {before ?? '—'} → {after ?? '—'}
            </span>
            <span className="text-ink-2">
              <When at={changed_at} /> by {changeCause(cause)}
              {cause.event_id ? ` ${cause.event_id}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
