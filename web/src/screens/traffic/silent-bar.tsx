import { ConnectionSelect } from '../../parts/connection-select.tsx';
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
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <ConnectionSelect
        value={search.connection_id}
        onChange={(connection_id) => onChange({ connection_id })}
      />
      <Segmented
        label="Sources shown"
        options={shown}
        value={search.show ?? 'all'}
        onChange={(next) => onChange({ show: next === 'silent' ? next : undefined })}
      />
    </div>
  );
}
