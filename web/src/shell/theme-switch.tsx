import { Monitor, Moon, Sun } from 'lucide-react';
import { cn } from '../parts/class-names.ts';
import { setTheme, type Theme, themes, useTheme } from './theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };
const labels: Record<Theme, string> = { system: 'Like the system', light: 'Light', dark: 'Dark' };

/** System, light or dark. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <fieldset aria-label="Theme" className="inline-flex rounded-lg bg-sunken p-0.5">
      {themes.map((option) => {
        const Icon = icons[option];
        return (
          <button
            key={option}
            type="button"
            aria-pressed={option === theme}
            aria-label={labels[option]}
            title={labels[option]}
            onClick={() => setTheme(option)}
            className={cn(
              'grid h-6.5 w-8 place-items-center rounded-md text-ink-3 hover:text-ink',
              option === theme && 'bg-raised text-ink shadow-[0_1px_2px_rgb(0_0_0/0.12)]',
            )}
          >
            <Icon aria-hidden className="size-3.5" />
          </button>
        );
      })}
    </fieldset>
  );
}
