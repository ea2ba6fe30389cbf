import { useQuery } from '@tanstack/react-query';
import { BookOpen, Braces, ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { sessionQuery } from '../api-query.ts';
import { cn } from '../parts/class-names.ts';
import { Popover } from '../parts/popover.tsx';
import { useSignOut } from './use-sign-out.ts';

const itemLook =
  'flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-left text-sm hover:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-3';

/** Who is signed in, and what goes with it. */
export function AccountMenu({ onKeyHelp, small = false }: { onKeyHelp: () => void; small?: boolean }) {
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut();
  const name = session?.name ?? '…';
  return (
    <Popover
      label="Account"
      className="w-56 p-1"
      trigger={(button) => (
        <button
          type="button"
          {...button}
          {...(small && { 'aria-label': `Account: ${name}` })}
          className={cn(
            'flex items-center gap-2 rounded-lg p-1.5 text-left hover:bg-sunken',
            !small && 'w-52',
          )}
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink text-xs"
          >
            {name.charAt(0).toUpperCase()}
          </span>
          {small ? null : (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-sm leading-tight">{name}</span>
                <span className="block truncate text-ink-3 text-xs">{session?.role ?? ''}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-4 text-ink-3" />
            </>
          )}
        </button>
      )}
    >
      {(close) => (
        <>
          {session?.email ? (
            <p className="truncate px-2.5 py-1.5 text-ink-3 text-xs">{session.email}</p>
          ) : null}
          <button
            type="button"
            className={itemLook}
            onClick={() => {
              close();
              onKeyHelp();
            }}
          >
            <Keyboard aria-hidden /> Keyboard
          </button>
          <a href="/docs/api" className={itemLook}>
            <BookOpen aria-hidden /> API reference
          </a>
          <a href="/v1/openapi.json" className={itemLook}>
            <Braces aria-hidden /> OpenAPI document
          </a>
          <hr className="my-1 border-line" />
          <button type="button" className={itemLook} onClick={signOut}>
            <LogOut aria-hidden /> Sign out
          </button>
        </>
      )}
    </Popover>
  );
}
