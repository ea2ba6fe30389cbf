import type { FormEvent } from 'react';
import { eventKinds } from '../../../../src/domain/event.ts';
import { viewerZone } from '../../format/time.ts';
import { barSelectLook, ConnectionSelect } from '../../parts/connection-select.tsx';
import { periodDays, presets } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { humanize } from '../../words.ts';
import type { EventsSearch } from './events-search.ts';

const choices = {
  status: { label: 'Status', all: 'Any status', options: ['accepted', 'quarantined', 'skipped'] },
  kind: { label: 'Kind', all: 'Any kind', options: [...eventKinds] },
  warnings: { label: 'Warnings', all: 'With or without warnings', options: ['any', 'none'] },
  test: { label: 'Tests', all: 'Tests too', options: ['exclude', 'only'] },
} as const;
const names = Object.keys(choices) as (keyof typeof choices)[];

const words: Record<string, string> = {
  any: 'With warnings',
  none: 'Without warnings',
  exclude: 'No tests',
  only: 'Only tests',
};

/** Which events are shown. */
export function EventFilters({
  search,
  onChange,
}: {
  search: EventsSearch;
  onChange: (next: Partial<EventsSearch>) => void;
}) {
  function onFind(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('call_instance_id')).trim();
    onChange({ call_instance_id: typed || undefined });
  }

  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <ConnectionSelect
        value={search.connection_id}
        onChange={(connection_id) => onChange({ connection_id })}
      />
      {names.map((name) => (
        <select
          key={name}
          aria-label={choices[name].label}
          className={barSelectLook}
          value={search[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.target.value || undefined })}
        >
          <option value="">{choices[name].all}</option>
          {choices[name].options.map((option) => (
            <option key={option} value={option}>
              {words[option] ?? humanize(option)}
            </option>
          ))}
        </select>
      ))}
      <search>
        <form onSubmit={onFind}>
          <input
            key={search.call_instance_id}
            name="call_instance_id"
            type="search"
            aria-label="Call id"
            placeholder="Call id, then Enter"
            autoComplete="off"
            defaultValue={search.call_instance_id}
            onBlur={(event) =>
              event.target.value.trim() !== (search.call_instance_id ?? '') &&
              event.target.form?.requestSubmit()
            }
            className={barSelectLook}
          />
        </form>
      </search>
      <div className="sm:ml-auto">
        <PeriodPicker
          value={search}
          days={periodDays(search, new Date(), viewerZone)}
          presets={presets}
          onChange={onChange}
        />
      </div>
    </div>
  );
}
