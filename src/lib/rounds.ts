import { setTimeout as sleep } from 'node:timers/promises';

/** Work that is looked for again and again: `kick` looks at once, `stop` resolves when what runs has ended. */
export type Rounds = { kick: () => void; stop: () => Promise<void> };

/**
 * Runs `round` at once, whenever it is kicked, and every `pollMs`, never twice at a time. A kick that comes while a round
 * runs is not lost: another follows, after `restMs`. What a round throws goes to `onError`; the next comes all the same.
 * @param deps.round does what there is to do; ends early when its signal is aborted
 */
export function startRounds(deps: {
  round: (signal: AbortSignal) => Promise<unknown>;
  pollMs: number;
  restMs?: number;
  onError: (error: unknown) => void;
}): Rounds {
  const { round, pollMs, restMs = 0, onError } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  let again = false;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (;;) {
      again = false;
      try {
        await round(signal);
      } catch (error) {
        onError(error);
      }
      if (!again || signal.aborted) break;
      if (restMs > 0) await sleep(restMs);
    }
    // In the same turn as the look at `again`: a kick a microtask later must find that nothing runs.
    running = null;
  }

  function kick(): void {
    again = true;
    if (signal.aborted) return;
    running ??= run();
  }

  const timer = setInterval(kick, pollMs);
  kick();
  return {
    kick,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
}
