import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../api-query.ts';

/** How a select in a bar of filters looks. */
export const barSelectLook =
  'h-9 max-w-full rounded-md border border-line-strong/60 bg-surface px-2 text-sm hover:border-line-strong';

/** One connection, or all. */
export function ConnectionSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  return (
    <select
      aria-label="Connection"
      className={barSelectLook}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">All connections</option>
      {connections.data?.items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
