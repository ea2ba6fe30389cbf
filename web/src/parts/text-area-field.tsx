import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

/** A labelled text of several lines. */
export function TextAreaField({
  label,
  hint,
  className,
  ...rest
}: { label: string; hint?: ReactNode; className?: string } & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cn(
          'w-full rounded-md border border-line-strong/60 bg-surface px-3 py-2 text-sm hover:border-line-strong',
          className,
        )}
        {...rest}
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
