import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useKeys } from '../keys/use-keys.ts';
import { places } from './places.ts';

/** Keys that work on every page: the command menu, help, search, and `g` then a letter to go somewhere. */
export function useShellKeys({ onMenu, onHelp }: { onMenu: () => void; onHelp: () => void }): void {
  const navigate = useNavigate();
  const goUntil = useRef(0);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onMenu();
        return;
      }
      const place = places.find(({ key }) => key === event.key.toLowerCase());
      if (place && event.timeStamp < goUntil.current) {
        goUntil.current = 0;
        event.preventDefault();
        navigate({ to: place.to });
      }
    }
    // before the page's own keys, so that `g` then `p` never reaches them
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [navigate, onMenu]);

  useKeys({
    '?': onHelp,
    g: (event) => {
      goUntil.current = event.timeStamp + 1200;
    },
    '/': (event) => {
      event.preventDefault();
      const search = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (search) search.focus();
      else navigate({ to: '/calls' });
    },
  });
}
