import { useEffect, useState, useSyncExternalStore } from 'react';
import { makePlayerClock, type PlayerClock } from './player-clock.ts';

/** The clock of a recording, for as long as the page shows it; null without one. */
export function useClock(url: string | undefined): PlayerClock | null {
  const [clock, setClock] = useState<PlayerClock | null>(null);
  useEffect(() => {
    if (!url) return;
    const made = makePlayerClock(url);
    setClock(made);
    return () => {
      made.dispose();
      setClock(null);
    };
  }, [url]);
  return clock;
}

const never = () => () => {};

/** A value that follows the clock; the part renders anew only when it changes. Must be a primitive. */
export function useClockValue<T extends string | number | boolean>(
  clock: PlayerClock | null,
  read: (audio: HTMLAudioElement) => T,
  fallback: T,
): T {
  return useSyncExternalStore(clock?.subscribe ?? never, () => (clock ? read(clock.audio) : fallback));
}
