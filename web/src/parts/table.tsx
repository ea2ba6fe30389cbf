import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** A table that scrolls sideways inside its card on narrow screens. `label` names the region. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto rounded-b-xl">
      <table className={cn('w-full border-collapse text-sm', className)} {...rest} />
    </section>
  );
}

/** A heading of a column. */
export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap border-line border-b px-3 text-left font-medium text-ink-3 text-xs first:pl-4 last:pr-4',
        className,
      )}
      {...rest}
    />
  );
}

/** A cell. */
export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td className={cn('h-11 border-line border-b px-3 py-1.5 first:pl-4 last:pr-4', className)} {...rest} />
  );
}

/** Classes of a body row that can be hovered. */
export const rowLook = 'hover:bg-sunken/70 [tbody:last-child>&:last-child>*]:border-b-0';
/** Classes of a cell with a number. */
export const numberLook = 'text-right whitespace-nowrap';
