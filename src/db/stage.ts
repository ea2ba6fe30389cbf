import type { Database } from './database.ts';

/**
 * What a stage hands back. It does its slow work outside any transaction; `write` then runs in the one
 * transaction that also finishes the stage and starts the next, so it must be quick and repeatable.
 */
export type StageResult =
  | { write: (tx: Database) => Promise<void>; cost?: string }
  /** Nothing to do for this call; the stages that follow are skipped too. `reason` is shown to people. */
  | { skip: string };

/** One stage's work on one call. Throws `Failure` where it cannot; anything else thrown is a bug. */
export type StageHandler = (callId: string, signal: AbortSignal) => Promise<StageResult>;
