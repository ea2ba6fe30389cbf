import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

/** A menu behind a button. Not modal, so that nothing has to lock the page's scrolling. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-lg border border-line bg-raised p-1 text-sm shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemLook =
  'flex h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-3';

/** One action of a {@link Menu}. */
export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item onSelect={onSelect} className={itemLook}>
      {children}
    </DropdownMenu.Item>
  );
}

/** A link in a {@link Menu}, to a page outside the router. */
export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild className={itemLook}>
      <a href={href}>{children}</a>
    </DropdownMenu.Item>
  );
}

/** A line between groups of a {@link Menu}. */
export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
