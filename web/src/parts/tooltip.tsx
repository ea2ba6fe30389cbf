import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Explains its child on hover and on keyboard focus; the child must be focusable. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root delayDuration={250}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 text-pretty rounded-lg border border-line bg-raised px-3 py-2 text-ink text-xs leading-relaxed shadow-float"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
