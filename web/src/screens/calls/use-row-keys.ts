import { useEffect, useState } from 'react';
import { useKeys } from '../../keys/use-keys.ts';

/**
 * J and K move through rows, Enter opens the chosen one.
 * @returns the index of the chosen row, -1 while none is
 */
export function useRowKeys(count: number, open: (index: number) => void): number {
  const [chosen, setChosen] = useState(-1);
  useEffect(() => {
    document.querySelector(`[data-row="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const move = (step: number) => setChosen((now) => Math.min(count - 1, Math.max(0, now + step)));
  function openChosen(event: KeyboardEvent): void {
    const onControl = (event.target as HTMLElement).closest('a, button');
    if (chosen >= 0 && !onControl) open(chosen);
  }
  useKeys({ j: () => move(1), k: () => move(-1), Enter: openChosen });
  return chosen < count ? chosen : -1;
}
