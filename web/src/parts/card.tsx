import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A block of the page with an optional heading line. */
export function Card({
  title,
  hint,
  actions,
  className,
  children,
}: {
  title?: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={cn('min-w-0 rounded-xl border border-line bg-surface', className)}>
      {title ? (
        <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2">
          <h2 className="font-semibold text-sm">{title}</h2>
          {hint ? <span className="text-ink-3 text-xs">{hint}</span> : null}
          {actions ? (
            <div className="ml-auto flex min-w-0 max-w-full flex-wrap items-center gap-1.5">{actions}</div>
          ) : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}
