import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** Looks of a button; also for links that act as one. */
export const buttonLook = cva(
  'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        primary: 'bg-accent text-on-accent hover:bg-accent-ink',
        plain: 'border border-line bg-surface text-ink shadow-[0_1px_1px_rgb(0_0_0/0.03)] hover:bg-sunken',
        quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
        danger: 'border border-line bg-surface text-bad hover:bg-bad-soft',
      },
      size: {
        small: 'h-7 px-2 text-xs',
        medium: 'h-8.5 px-3 text-sm',
        large: 'h-10 px-4 text-sm',
        icon: 'size-8 p-0',
      },
    },
    defaultVariants: { look: 'plain', size: 'medium' },
  },
);

export function Button({
  look,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof buttonLook>) {
  return <button type={type} className={cn(buttonLook({ look, size }), className)} {...rest} />;
}
