import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { BookOpen, Keyboard, LogOut, Monitor, Moon, Plus, Search, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { places } from './places.ts';
import { setTheme } from './theme.ts';
import { useMayWrite } from './use-may-write.ts';
import { useSignOut } from './use-sign-out.ts';

const itemLook =
  'flex h-10 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink [&_svg]:size-4 [&_svg]:text-ink-3';
const headingLook =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3';

/** Everything by typing. Shown in a bare dialog. */
export function CommandMenu({ onClose, onKeyHelp }: { onClose: () => void; onKeyHelp: () => void }) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const signOut = useSignOut();
  const mayWrite = useMayWrite();
  const phrase = typed.trim();

  function item(label: string, icon: ReactNode, act: () => unknown, keywords: string[] = []) {
    return (
      <Command.Item
        key={label}
        value={label}
        keywords={keywords}
        className={itemLook}
        onSelect={() => {
          onClose();
          act();
        }}
      >
        {icon}
        {label}
      </Command.Item>
    );
  }

  return (
    <Command label="Command menu" loop>
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder="Go to a page, search transcripts, change the theme…"
        className="h-13 w-full border-line border-b bg-transparent px-5 text-[0.9375rem] outline-none"
      />
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-2">
        <Command.Empty className="p-6 text-center text-ink-3 text-sm">Nothing fits.</Command.Empty>
        {phrase ? (
          <Command.Item
            value={`search ${phrase}`}
            keywords={[phrase]}
            forceMount
            className={itemLook}
            onSelect={() => {
              onClose();
              navigate({ to: '/calls', search: { phrase } });
            }}
          >
            <Search aria-hidden /> Calls that say “{phrase}”
          </Command.Item>
        ) : null}
        <Command.Group heading="Pages" className={headingLook}>
          {places.map(({ to, label, icon: Icon }) =>
            item(label, <Icon aria-hidden />, () => navigate({ to })),
          )}
        </Command.Group>
        <Command.Group heading="Actions" className={headingLook}>
          {mayWrite &&
            item('New connection', <Plus aria-hidden />, () => navigate({ to: '/connections/new' }), [
              'create',
            ])}
          {item('Theme: light', <Sun aria-hidden />, () => setTheme('light'))}
          {item('Theme: dark', <Moon aria-hidden />, () => setTheme('dark'))}
          {item('Theme: like the system', <Monitor aria-hidden />, () => setTheme('system'))}
          {item('Keyboard help', <Keyboard aria-hidden />, onKeyHelp, ['shortcuts'])}
          {item('API reference', <BookOpen aria-hidden />, () => window.location.assign('/docs/api'), [
            'docs',
          ])}
          {item('Sign out', <LogOut aria-hidden />, signOut, ['log out'])}
        </Command.Group>
      </Command.List>
    </Command>
  );
}
