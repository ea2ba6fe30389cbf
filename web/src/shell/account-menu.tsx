import { useQuery } from '@tanstack/react-query';
import { BookOpen, Braces, ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { sessionQuery } from '../api-query.ts';
import { Menu, MenuItem, MenuLine, MenuLink } from '../parts/menu.tsx';
import { useSignOut } from './use-sign-out.ts';

/** Who is signed in, and what goes with it. */
export function AccountMenu({ onKeyHelp, small = false }: { onKeyHelp: () => void; small?: boolean }) {
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut();
  const name = session?.name ?? '…';
  const initial = (
    <span
      aria-hidden
      className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink text-xs"
    >
      {name.charAt(0).toUpperCase()}
    </span>
  );
  return (
    <Menu
      trigger={
        small ? (
          <button type="button" aria-label={`Account: ${name}`} className="rounded-full p-0.5">
            {initial}
          </button>
        ) : (
          <button
            type="button"
            className="flex w-full items-center gap-2 rounded-lg p-1.5 text-left hover:bg-sunken"
          >
            {initial}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-sm leading-tight">{name}</span>
              <span className="block truncate text-ink-3 text-xs">{session?.role ?? ''}</span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 text-ink-3" />
          </button>
        )
      }
    >
      {session?.email ? <p className="px-2 py-1.5 text-ink-3 text-xs">{session.email}</p> : null}
      <MenuItem onSelect={onKeyHelp}>
        <Keyboard aria-hidden /> Keyboard
      </MenuItem>
      <MenuLink href="/docs/api">
        <BookOpen aria-hidden /> API reference
      </MenuLink>
      <MenuLink href="/v1/openapi.json">
        <Braces aria-hidden /> OpenAPI document
      </MenuLink>
      <MenuLine />
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
