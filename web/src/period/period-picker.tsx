import { zoneLabel } from '../format/time.ts';
import { cn } from '../parts/class-names.ts';
import { Segmented } from '../parts/segmented.tsx';
import { type DayRange, defaultPreset, type PeriodSearch, type Preset, presetLabels } from './period.ts';

const dateLook =
  'h-8 rounded-md border border-line-strong/60 bg-surface px-2 text-xs hover:border-line-strong';

/** Which of the `presets`, or which days, are looked at; `days` are those that `value` means now. */
export function PeriodPicker<P extends Preset>({
  value,
  days,
  presets,
  onChange,
}: {
  value: PeriodSearch<P>;
  days: DayRange;
  presets: readonly P[];
  onChange: (next: PeriodSearch<P>) => void;
}) {
  const options = presets.map((preset) => ({ value: preset, label: presetLabels[preset] }));
  const chosen = value.period ?? (defaultPreset as P);

  function choose(next: P): void {
    const custom = next === 'custom';
    onChange({ period: next, from: custom ? days.from : undefined, to: custom ? days.to : undefined });
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="hidden xl:block">
        <Segmented label="Period" options={options} value={chosen} onChange={choose} />
      </div>
      <select
        aria-label="Period"
        value={chosen}
        onChange={(event) => choose(event.target.value as P)}
        className={cn(dateLook, 'font-medium xl:hidden')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {chosen === 'custom' ? (
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
