import { useQuery } from '@tanstack/react-query';
import { extraName, extraPrefix } from '../../../../src/domain/mapping.ts';
import { apiQuery } from '../../api-query.ts';
import type { Grouping } from './overview-search.ts';

/** Breaks down by a field of the senders' own, chosen from those that calls really have; nothing where there is none. */
export function OwnFieldChoice({ value, onChange }: { value: Grouping; onChange: (by: Grouping) => void }) {
  const fields = useQuery(apiQuery('listCustomFields', { query: {} }));
  const own = extraName(value);
  const names = (fields.data?.items ?? []).map(({ name }) => name);
  if (own !== null && !names.includes(own)) names.unshift(own);
  if (names.length === 0) return null;
  return (
    <select
      aria-label="Break down by an own field"
      value={own ?? ''}
      onChange={(event) => onChange(event.target.value ? `${extraPrefix}${event.target.value}` : 'publisher')}
      className="h-8 max-w-44 rounded-md border border-line-strong/60 bg-surface px-2 text-sm hover:border-line-strong"
    >
      <option value="">Own field…</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
