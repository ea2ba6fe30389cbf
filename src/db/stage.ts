import type { Database } from './database.ts';

/**
 * What a stage hands back. It does its slow work outside any transaction; `write` then runs in the one
 * transaction that also finishes the stage and starts the next, so it must be quick and repeatable.
 */
export type StageResult =
  /**
   * `settled`: what follows from this result was done before, so the next stage is not started again. `discard` undoes
   * what was stored outside the database; called in place of `write` where the run is outdated.
   */
  | {
      write: (tx: Database) => Promise<void>;
      discard?: () => Promise<void>;
      cost?: string;
      settled?: boolean;
    }
  /** Not its turn yet: the call waits until then, and no attempt is used up. `reason` is shown to people. */
  | { later: Date; reason: string }
  /** Nothing to do for this call; the stages that follow are skipped too. `reason` is shown to people. */
  | { skip: string };

/** One stage's work on one call. Throws `Failure` where it cannot; anything else thrown is a bug. */
export type StageHandler = (callId: string, signal: AbortSignal) => Promise<StageResult>;
