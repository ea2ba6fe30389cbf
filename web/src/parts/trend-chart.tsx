import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { cn } from './class-names.ts';
import { axisTicks, labelEvery } from './scale.ts';
import { useWidth } from './use-width.ts';

/** One step of time. `value` is plotted, `text` shown; `before` the same step of the period before. */
export type TrendPoint = {
  label: string;
  fullLabel: string;
  value: number | null;
  text: string;
  before: { value: number | null; text: string; fullLabel: string } | null;
  /** Whether the step is still running: its number will grow. */
  running?: boolean;
};

const height = 240;
const margin = { top: 12, right: 8, bottom: 26, left: 46 };

function linePath(points: (readonly [number, number] | null)[]): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (!point) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${point[0].toFixed(1)},${point[1].toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** A line over time, with the period before dashed behind it. Arrow keys move along the steps. */
export function TrendChart({
  name,
  points,
  whole,
  formatTick,
}: {
  name: string;
  points: TrendPoint[];
  /** Whether values are counts, so that the axis has no steps between whole numbers. */
  whole: boolean;
  formatTick: (value: number) => string;
}) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const gradient = useId();
  const inner = Math.max(0, width - margin.left - margin.right);
  const bottom = height - margin.bottom;
  const known = points.flatMap((point) => [point.value ?? 0, point.before?.value ?? 0]);
  const ticks = axisTicks(Math.max(0, ...known), whole);
  const top = ticks.at(-1) ?? 1;
  const x = (index: number) =>
    margin.left + (points.length > 1 ? (index / (points.length - 1)) * inner : inner / 2);
  const y = (value: number) => bottom - (value / top) * (bottom - margin.top);
  const now = points.map((point, index) =>
    point.value === null ? null : ([x(index), y(point.value)] as const),
  );
  const before = points.map((point, index) =>
    point.before?.value == null ? null : ([x(index), y(point.before.value)] as const),
  );
  const drawn = now.filter((point) => point !== null);
  const last = now.findLastIndex((point) => point !== null);
  const running = points[last]?.running === true && last > 0;
  const line = linePath(running ? now.slice(0, last) : now);
  const every = labelEvery(points.length, inner, 64);
  const current = at === null ? undefined : points[at];

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    const across = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left;
    const index = Math.round((across / Math.max(1, inner)) * (points.length - 1));
    setAt(Math.min(points.length - 1, Math.max(0, index)));
  }
  function onKey(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: -points.length,
      End: points.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setAt(Math.min(points.length - 1, Math.max(0, (at ?? (step > 0 ? -1 : points.length)) + step)));
  }

  return (
    <div
      ref={box}
      role="slider"
      aria-label={`${name} over time`}
      aria-valuemin={0}
      aria-valuemax={points.length - 1}
      aria-valuenow={at ?? 0}
      aria-valuetext={current ? `${current.fullLabel}: ${current.text}` : 'Arrow keys read the values'}
      tabIndex={0}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
      onKeyDown={onKey}
      className="relative h-[240px] touch-pan-y rounded-lg"
    >
      {width > 0 ? (
        <svg aria-hidden="true" width={width} height={height} className="block overflow-visible text-2xs">
          <defs>
            <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
              <stop offset="0" className="[stop-color:var(--accent)] [stop-opacity:0.18]" />
              <stop offset="1" className="[stop-color:var(--accent)] [stop-opacity:0]" />
            </linearGradient>
          </defs>
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                x1={margin.left}
                x2={width - margin.right}
                y1={y(tick)}
                y2={y(tick)}
                className="stroke-line"
              />
              <text x={margin.left - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-ink-3">
                {formatTick(tick)}
              </text>
            </g>
          ))}
          {points.map((point, index) =>
            (points.length - 1 - index) % every === 0 ? (
              <text
                key={point.label}
                x={x(index)}
                y={height - 6}
                textAnchor={index === points.length - 1 && points.length > 1 ? 'end' : 'middle'}
                className="fill-ink-3"
              >
                {point.label}
              </text>
            ) : null,
          )}
          <path
            d={linePath(before)}
            className="fill-none stroke-line-strong [stroke-dasharray:3_4] [stroke-width:1.5]"
          />
          {drawn.length > 1 ? (
            <path
              d={`${linePath(drawn)}L${drawn.at(-1)?.[0]},${bottom}L${drawn[0]?.[0]},${bottom}Z`}
              fill={`url(#${gradient})`}
            />
          ) : null}
          <path d={line} className="fill-none stroke-accent [stroke-linejoin:round] [stroke-width:2]" />
          {running ? (
            <path
              d={linePath(now.slice(last - 1, last + 1))}
              className="fill-none stroke-accent [stroke-dasharray:4_4] [stroke-width:2]"
            />
          ) : null}
          {drawn.length === 1 ? (
            <circle cx={drawn[0]?.[0]} cy={drawn[0]?.[1]} r={4} className="fill-accent" />
          ) : null}
          {at !== null ? (
            <line x1={x(at)} x2={x(at)} y1={margin.top} y2={bottom} className="stroke-line-strong" />
          ) : null}
          {at !== null && now[at] ? (
            <circle cx={now[at][0]} cy={now[at][1]} r={4.5} className="fill-accent stroke-2 stroke-surface" />
          ) : null}
        </svg>
      ) : null}
      {current && at !== null ? (
        <div
          className={cn(
            'pointer-events-none absolute top-2 z-10 min-w-36 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-float',
          )}
          style={{
            left: x(at),
            transform: `translateX(${x(at) > width / 2 ? 'calc(-100% - 12px)' : '12px'})`,
          }}
        >
          <p className="whitespace-nowrap text-ink-3">
            {current.fullLabel}
            {current.running ? ', so far' : ''}
          </p>
          <p className="mt-0.5 font-semibold text-sm">{current.text}</p>
          {current.before ? (
            <p className="mt-1 whitespace-nowrap border-line border-t pt-1 text-ink-2">
              {current.before.text} <span className="text-ink-3">on {current.before.fullLabel}</span>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
