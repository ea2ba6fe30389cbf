import { zoneLabel } from '../format/time.ts';
import { cn } from '../parts/class-names.ts';
import { Segmented } from '../parts/segmented.tsx';
import {
  type DayRange,
  defaultPreset,
  type PeriodSearch,
  type Preset,
  presetLabels,
  presets,
} from './period.ts';

const dateLook =
  'h-8 rounded-md border border-line-strong/60 bg-surface px-2 text-xs hover:border-line-strong';
const options = presets.map((value) => ({ value, label: presetLabels[value] }));

/** Which days are looked at; `days` are those that `value` means now. */
export function PeriodPicker({
  value,
  days,
  onChange,
}: {
  value: PeriodSearch;
  days: DayRange;
  onChange: (next: PeriodSearch) => void;
}) {
  const preset = value.period ?? defaultPreset;

  function choose(next: Preset): void {
    onChange(
      next === 'custom'
        ? { period: next, from: days.from, to: days.to }
        : { period: next, from: undefined, to: undefined },
    );
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="hidden xl:block">
        <Segmented label="Period" options={options} value={preset} onChange={choose} />
      </div>
      <select
        aria-label="Period"
        value={preset}
        onChange={(event) => choose(event.target.value as Preset)}
        className={cn(dateLook, 'font-medium xl:hidden')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {preset === 'custom' ? (
        <span className="flex items-center gap-1.5 text-ink-3 text-xs">
          <input
            type="date"
            aria-label="From"
            className={dateLook}
            value={days.from}
            onChange={(event) => event.target.value && onChange({ ...value, from: event.target.value })}
          />
          to
          <input
            type="date"
            aria-label="To, included"
            className={dateLook}
            value={days.to}
            onChange={(event) => event.target.value && onChange({ ...value, to: event.target.value })}
          />
        </span>
      ) : null}
      <span className="text-ink-3 text-xs" title="Days begin and end in this time zone">
        {zoneLabel()}
      </span>
    </div>
  );
}
