import { useQuery } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { apiQuery } from '../api-query.ts';
import { savedAddress } from '../parts/saved-address.ts';

/** Saved reports, under the main pages; nothing where there are none. */
export function SavedLinks() {
  const saved = useQuery({ ...apiQuery('listSavedReports', { query: { limit: 12 } }), staleTime: 60_000 });
  const items = saved.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <nav aria-label="Saved reports" className="flex min-h-0 flex-col gap-0.5 overflow-y-auto">
      <h2 className="px-2.5 pb-1 font-medium text-ink-3 text-xs">Saved</h2>
      {items.map(({ id, name, kind, query }) => (
        <a
          key={id}
          href={savedAddress(kind, query)}
          className="flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-ink-2 text-sm hover:bg-sunken hover:text-ink"
        >
          <Bookmark aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{name}</span>
        </a>
      ))}
    </nav>
  );
}
