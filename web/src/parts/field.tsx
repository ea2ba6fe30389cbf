import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

const control =
  'h-9.5 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-sm shadow-[inset_0_1px_1px_rgb(0_0_0/0.03)] hover:border-line-strong';

type FieldProps = { label: string; hint?: ReactNode; className?: string };

function Field({ id, label, hint, className, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** A labelled line of text. */
export function TextField({ label, hint, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} {...(className && { className })}>
      <input id={id} aria-describedby={hint ? `${id}-hint` : undefined} className={control} {...rest} />
    </Field>
  );
}

/** A labelled choice from a list. */
export function SelectField({
  label,
  hint,
  className,
  options,
  ...rest
}: FieldProps & ComponentProps<'select'> & { options: readonly { value: string; label: string }[] }) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} {...(className && { className })}>
      <select
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cn(control, 'px-2')}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
