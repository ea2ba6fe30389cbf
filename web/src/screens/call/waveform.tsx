import { type PointerEvent, useMemo } from 'react';
import { formatClock } from '../../format/number.ts';
import { cn } from '../../parts/class-names.ts';
import { bars } from './peaks.ts';
import type { PlayerClock } from './player-clock.ts';
import { useClockValue } from './use-clock.ts';

const barCount = 220;

export type Lane = { name: string; look: string; peaks: number[] };

/** A stretch of the recording that is worth knowing of; `name` is shown when it is pointed at. */
export type Stretch = { name: string; look: string; start: number; end: number };

/** Bars of one channel, mirrored about the middle; the drawing stretches to its box. */
function Bars({ peaks }: { peaks: number[] }) {
  const path = useMemo(() => {
    const drawn = bars(peaks, barCount);
    return drawn
      .map((bar, index) => {
        const half = Math.max(0.6, bar * 19);
        return `M${index * 4},${(20 - half).toFixed(1)}h2.6v${(half * 2).toFixed(1)}h-2.6z`;
      })
      .join('');
  }, [peaks]);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${Math.min(barCount, peaks.length) * 4} 40`}
      preserveAspectRatio="none"
      className="block size-full fill-current"
    >
      <path d={path} />
    </svg>
  );
}

/** The recording drawn from the server's peaks, a lane per channel. Click or drag to seek. */
export function Waveform({
  lanes,
  seconds,
  marks,
  stretches,
  clock,
}: {
  lanes: Lane[];
  seconds: number;
  /** Seconds at which evidence stands. */
  marks: number[];
  /** Sound that is no speech, and silence in the place of removed words. */
  stretches: Stretch[];
  clock: PlayerClock | null;
}) {
  const at = useClockValue(clock, (audio) => audio.currentTime, 0);
  const share = (time: number) => `${Math.min(100, (time / Math.max(0.001, seconds)) * 100)}%`;

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    clock?.seek(((event.clientX - box.left) / box.width) * seconds);
  }

  return (
    <div
      role="slider"
      aria-label="Position in the recording"
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={`${formatClock(at)} of ${formatClock(seconds)}`}
      tabIndex={0}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      className="relative flex cursor-pointer touch-pan-y select-none flex-col gap-1 rounded-md"
    >
      <div aria-hidden className="relative h-2.5">
        {marks.map((mark) => (
          <span
            key={mark}
            className="absolute bottom-0 size-1.5 -translate-x-1/2 rounded-full bg-warn"
            style={{ left: share(mark) }}
          />
        ))}
      </div>
      {stretches.map(({ name, look, start, end }) => (
        <span
          key={`${name} ${start}`}
          title={`${name}, ${formatClock(start)} to ${formatClock(end)}`}
          className={cn('absolute top-2.5 bottom-0 min-w-0.5 rounded-sm', look)}
          style={{ left: share(start), right: `calc(100% - ${share(end)})` }}
        />
      ))}
      {lanes.map((lane) => (
        <div key={lane.name} className={cn('relative h-10', lane.look)}>
          <div className="absolute inset-0 opacity-35">
            <Bars peaks={lane.peaks} />
          </div>
          <div className="absolute inset-0" style={{ clipPath: `inset(0 calc(100% - ${share(at)}) 0 0)` }}>
            <Bars peaks={lane.peaks} />
          </div>
        </div>
      ))}
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 w-px bg-ink"
        style={{ left: share(at) }}
      />
    </div>
  );
}
