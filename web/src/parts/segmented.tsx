import { cn } from './class-names.ts';

/** A choice of one among few, all visible. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset
      aria-label={label}
      className="inline-flex min-w-0 max-w-full overflow-x-auto rounded-lg bg-sunken p-0.5"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            'h-7 whitespace-nowrap rounded-md px-2.5 font-medium text-ink-2 text-xs transition-colors hover:text-ink',
            option.value === value && 'bg-raised text-ink shadow-[0_1px_2px_rgb(0_0_0/0.12)]',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
