import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type FormEvent, useEffect, useRef } from 'react';
import { apiQuery } from '../../api-query.ts';
import { viewerZone } from '../../format/time.ts';
import { Kbd } from '../../parts/kbd.tsx';
import { periodDays, presets } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { AddFilter } from './add-filter.tsx';
import type { CallsSearch } from './calls-search.ts';
import { FilterChip } from './filter-chip.tsx';
import { filterNames, filterWords } from './filter-words.ts';

/** Filters of all lists and reports of calls: a phrase is typed into its own field. */
const offeredAlways = filterNames.filter((name) => name !== 'phrase' && name !== 'test');

/** Period, search in transcripts, and the filters that hold. */
export function FilterBar({
  search,
  offersTests = false,
  onChange,
}: {
  search: CallsSearch;
  /** Whether test calls can be asked for: in lists, and never in reports. */
  offersTests?: boolean;
  onChange: (next: Partial<CallsSearch>) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const connections = useQuery({
    ...apiQuery('listConnections', { query: { limit: 500 } }),
    enabled: search.connection_id !== undefined,
  });
  useEffect(() => {
    if (input.current) input.current.value = search.phrase ?? '';
  }, [search.phrase]);

  function onSearch(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onChange({ phrase: input.current?.value.trim() || undefined });
  }
  function words(name: (typeof filterNames)[number], value: string): string {
    if (name === 'connection_id') {
      return connections.data?.items.find(({ id }) => id === value)?.name ?? value;
    }
    return filterWords[name].choices?.[value] ?? value;
  }
  const held = filterNames.flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [{ name, value: words(name, value) }];
  });

  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <search className="w-full sm:w-72">
          <form onSubmit={onSearch} className="relative">
            <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-ink-3" />
            <input
              ref={input}
              type="search"
              aria-label="Search the transcripts"
              placeholder="Said on the call…"
              defaultValue={search.phrase}
              onBlur={() =>
                (input.current?.value.trim() ?? '') !== (search.phrase ?? '') &&
                onChange({ phrase: input.current?.value.trim() || undefined })
              }
              className="h-9 w-full rounded-md border border-line-strong/60 bg-surface pr-9 pl-8.5 text-sm hover:border-line-strong"
            />
            <span className="pointer-events-none absolute top-2 right-2 max-sm:hidden">
              <Kbd>/</Kbd>
            </span>
          </form>
        </search>
        <AddFilter
          offered={offersTests ? [...offeredAlways, 'test'] : offeredAlways}
          onAdd={(name, value) => onChange({ [name]: value })}
        />
        <div className="sm:ml-auto">
          <PeriodPicker
            value={search}
            days={periodDays(search, new Date(), viewerZone)}
            presets={presets}
            onChange={onChange}
          />
        </div>
      </div>
      {held.length > 0 ? (
        <ul aria-label="Filters" className="flex flex-wrap gap-2">
          {held.map(({ name, value }) => (
            <FilterChip
              key={name}
              label={filterWords[name].label}
              value={value}
              onRemove={() => onChange({ [name]: undefined })}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}
