import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from 'react';
import { openBeside } from './float.ts';

/** What the explained element must carry. */
export type TooltipTarget = {
  'aria-describedby': string;
  onPointerEnter: (event: SyntheticEvent<HTMLElement>) => void;
  onPointerLeave: () => void;
  onFocus: (event: SyntheticEvent<HTMLElement>) => void;
  onBlur: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
};

/**
 * Explains a focusable element on hover and on keyboard focus; Escape closes it, and the pointer may rest on it.
 * On the browser's own popover layer: no library, nothing injected.
 */
export function Tooltip({
  text,
  children,
}: {
  text: ReactNode;
  children: (target: TooltipTarget) => ReactNode;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const timer = useRef(0);

  function later(act: () => void, ms: number): void {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(act, ms);
  }
  function open(anchor: HTMLElement): void {
    if (box.current && anchor.isConnected) openBeside(box.current, anchor, 'center');
  }
  function close(): void {
    clearTimeout(timer.current);
    if (box.current?.matches(':popover-open')) box.current.hidePopover();
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <>
      {children({
        'aria-describedby': id,
        onPointerEnter: ({ currentTarget }) => later(() => open(currentTarget), 250),
        onPointerLeave: () => later(close, 120),
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) open(currentTarget);
        },
        onBlur: close,
        onKeyDown: (event) => {
          if (event.key === 'Escape') close();
        },
      })}
      <div
        ref={box}
        id={id}
        role="tooltip"
        popover="manual"
        onPointerEnter={() => clearTimeout(timer.current)}
        onPointerLeave={() => later(close, 120)}
        className="fixed m-0 max-w-72 text-pretty rounded-lg border border-line bg-raised px-3 py-2 text-left font-normal text-ink text-xs normal-case leading-relaxed shadow-float"
      >
        {text}
      </div>
    </>
  );
}
