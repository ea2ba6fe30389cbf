import { cn } from '../../parts/class-names.ts';
import type { Stretch } from './waveform.tsx';

/** What the shades of the outline mean, each once. */
export function SoundLegend({ stretches }: { stretches: Stretch[] }) {
  const shown = new Map(stretches.map(({ name, look }) => [name, look]));
  return [...shown].map(([name, look]) => (
    <span key={name} className="flex items-center gap-1.5">
      <span aria-hidden className={cn('h-2.5 w-3 rounded-sm', look)} /> {name.toLowerCase()}
    </span>
  ));
}
