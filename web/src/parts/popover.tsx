import { type ReactNode, useId, useRef, useState } from 'react';
import { openBeside } from './float.ts';

/** What the button that opens a {@link Popover} must carry. */
export type PopoverTrigger = { popoverTarget: string; 'aria-expanded': boolean };

/**
 * Something behind a button, on the browser's own popover layer: Escape and a click elsewhere close it, focus
 * goes on into it and back.
 */
export function Popover({
  label,
  className,
  trigger,
  children,
}: {
  label: string;
  className?: string;
  trigger: (button: PopoverTrigger) => ReactNode;
  /** Rendered only while open. */
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <div ref={anchor} className="inline-flex max-w-full">
      {trigger({ popoverTarget: id, 'aria-expanded': open })}
      <div
        ref={box}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={(event) => {
          const opens = event.newState === 'open';
          setOpen(opens);
          // once its content is in place its size is known
          if (opens) {
            requestAnimationFrame(() => {
              if (box.current && anchor.current) openBeside(box.current, anchor.current, 'start');
            });
          }
        }}
        className={`fixed m-0 rounded-xl border border-line bg-raised text-ink shadow-float ${className ?? ''}`}
      >
        {open ? children(() => box.current?.hidePopover()) : null}
      </div>
    </div>
  );
}
