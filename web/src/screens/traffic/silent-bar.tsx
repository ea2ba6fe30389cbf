import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api-query.ts';
import { Segmented } from '../../parts/segmented.tsx';
import type { TrafficSearch } from './traffic-search.ts';

const shown = [
  { value: 'all', label: 'All sources' },
  { value: 'silent', label: 'Only silent ones' },
] as const;

/** What silent sources can be asked by: they look at now, and at all calls of the weeks before. */
export function SilentBar({
  search,
  onChange,
}: {
  search: TrafficSearch;
  onChange: (next: Pick<TrafficSearch, 'show' | 'connection_id'>) => void;
}) {
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <select
        aria-label="Connection"
        className="h-9 max-w-full rounded-md border border-line-strong/60 bg-surface px-2 text-sm hover:border-line-strong"
        value={search.connection_id ?? ''}
        onChange={(event) => onChange({ connection_id: event.target.value || undefined })}
      >
        <option value="">All connections</option>
        {connections.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Segmented
        label="Sources shown"
        options={shown}
        value={search.show ?? 'all'}
        onChange={(next) => onChange({ show: next === 'silent' ? next : undefined })}
      />
    </div>
  );
}
