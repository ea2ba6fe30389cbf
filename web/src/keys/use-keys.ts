import { useEffect, useRef } from 'react';

/** Key name as `KeyboardEvent.key`, letters in lower case, → what it does. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Keys for the page. Never while typing, in a dialog or popover, or together with a modifier. */
export function useKeys(keys: KeyMap): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], [popover="auto"]:popover-open'))
        return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      current.current[key]?.(event);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
