import { useQuery } from '@tanstack/react-query';
import { type Dimension, dimensions } from '../../../../src/contract/reports.ts';
import { extraPrefix } from '../../../../src/domain/mapping.ts';
import { apiQuery } from '../../api-query.ts';
import { viewerZone } from '../../format/time.ts';
import { Segmented } from '../../parts/segmented.tsx';
import { humanize } from '../../words.ts';
import { type MetricSet, metricSets } from './metric-sets.ts';
import type { ReportsSearch } from './reports-search.ts';

const selectLook =
  'h-8 rounded-md border border-line-strong/60 bg-surface px-2 font-medium text-xs hover:border-line-strong';
const setOptions = Object.entries(metricSets).map(([value, { label }]) => ({
  value: value as MetricSet,
  label,
}));

/** How calls are grouped, compared and timed, and which figures are shown. */
export function ReportControls({
  search,
  onChange,
}: {
  search: ReportsSearch;
  onChange: (next: Partial<ReportsSearch>) => void;
}) {
  const by = search.by ?? 'publisher';
  const fields = useQuery(apiQuery('listCustomFields', { query: {} }));
  const owned = (fields.data?.items ?? []).map(({ name }) => `${extraPrefix}${name}`);
  const choices = (own: string | undefined, other: string | undefined): Option[] => {
    const names = new Set([...owned, ...(own?.startsWith(extraPrefix) ? [own] : [])]);
    const known = dimensions.map((name): Option => [name, humanize(name)]);
    const others = [...names].map((name): Option => [name, `Own field: ${name.slice(extraPrefix.length)}`]);
    return [...known, ...others].filter(([name]) => name !== other);
  };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Choice
        label="By"
        value={by}
        options={choices(search.by, search.then_by)}
        onChange={(next) => onChange({ by: next as Dimension, sort: undefined })}
      />
      <Choice
        label="Then by"
        value={search.then_by ?? ''}
        options={[['', 'nothing else'], ...choices(search.then_by, by)]}
        onChange={(next) =>
          onChange({ then_by: (next || undefined) as Dimension | undefined, sort: undefined })
        }
      />
      <Choice
        label="Compared with"
        value={search.compare ?? ''}
        options={[
          ['', 'nothing'],
          ['previous', 'the period before'],
          ['year', 'a year before'],
        ]}
        onChange={(next) => onChange({ compare: (next || undefined) as ReportsSearch['compare'] })}
      />
      <Choice
        label="Figures"
        value={search.as ?? ''}
        options={[
          ['', 'as of now'],
          ['first', 'as first reported'],
        ]}
        onChange={(next) => onChange({ as: (next || undefined) as ReportsSearch['as'] })}
      />
      <Choice
        label="Time zone"
        value={search.zone ?? ''}
        options={[
          ['', viewerZone],
          ['connection', "each call's connection"],
        ]}
        onChange={(next) => onChange({ zone: (next || undefined) as ReportsSearch['zone'] })}
      />
      <Segmented
        label="Figures shown"
        options={setOptions}
        value={search.metrics ?? 'calls'}
        onChange={(next) => onChange({ metrics: next === 'calls' ? undefined : next, sort: undefined })}
      />
    </div>
  );
}

type Option = [value: string, label: string];

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="inline-flex items-center gap-1.5 text-ink-2 text-xs">
      {label}
      <select
        aria-label={label}
        className={selectLook}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
