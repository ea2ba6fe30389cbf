import { Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { modifierKey } from '../keys/modifier-key.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { AccountMenu } from './account-menu.tsx';
import { KeyHelp } from './key-help.tsx';
import { Logo } from './logo.tsx';
import { Nav } from './nav.tsx';
import { SavedLinks } from './saved-links.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useShellKeys } from './use-shell-keys.ts';

const CommandMenu = lazy(async () => ({ default: (await import('./command-menu.tsx')).CommandMenu }));

/** What stands around every page of somebody signed in. */
export function Shell() {
  const [open, setOpen] = useState<'menu' | 'help' | null>(null);
  const onMenu = useCallback(() => setOpen('menu'), []);
  const onHelp = useCallback(() => setOpen('help'), []);
  const onClose = useCallback(() => setOpen((now) => (now === 'help' ? now : null)), []);
  useShellKeys({ onMenu, onHelp });

  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-line border-r bg-surface px-3 py-4 lg:flex">
          <div className="px-2.5">
            <Logo />
          </div>
          <button
            type="button"
            onClick={onMenu}
            className="flex h-8.5 items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-ink-3 text-sm hover:border-line-strong"
          >
            <Search aria-hidden className="size-4" />
            Search or go to
            <span className="ml-auto flex gap-0.5">
              <Kbd>{modifierKey}</Kbd>
              <Kbd>K</Kbd>
            </span>
          </button>
          <Nav />
          <SavedLinks />
          <div className="mt-auto flex flex-col gap-3">
            <div className="px-1.5">
              <ThemeSwitch />
            </div>
            <AccountMenu onKeyHelp={onHelp} />
          </div>
        </aside>

        <header className="sticky top-0 z-20 flex h-13 items-center gap-3 border-line border-b bg-surface px-4 lg:hidden">
          <Logo />
          <span className="ml-auto" />
          <ThemeSwitch />
          <AccountMenu onKeyHelp={onHelp} small />
        </header>

        <main id="main" className="mx-auto w-full max-w-[82rem] px-4 pt-5 pb-24 sm:px-7 lg:pt-7 lg:pb-12">
          <Outlet />
        </main>

        <div className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden">
          <Nav bar />
        </div>
      </div>
      <KeyHelp open={open === 'help'} onClose={() => setOpen(null)} />
      <Dialog open={open === 'menu'} onClose={onClose} title="Command menu" bare>
        <Suspense fallback={<div className="h-40" />}>
          <CommandMenu onClose={() => setOpen(null)} onKeyHelp={onHelp} />
        </Suspense>
      </Dialog>
    </>
  );
}
