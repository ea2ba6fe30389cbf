/** The stages of a call, in the order in which it travels. */
export const stages = ['recording', 'transcribe', 'score'] as const;
export type Stage = (typeof stages)[number];

/**
 * `waiting` to be queued · `queued` · `running` · `retrying` at a set time · `parked` until an operator or the
 * cause acts (no engine, provider out of credit) · `done` · `failed` for good · `skipped` with a reason.
 */
export const stageStates = [
  'waiting',
  'queued',
  'running',
  'retrying',
  'parked',
  'done',
  'failed',
  'skipped',
] as const;
export type StageState = (typeof stageStates)[number];

/** What calls can be filtered by: a state of any stage, or that of one: `transcribe.failed`. */
export const stageStateFilters: readonly (StageState | `${Stage}.${StageState}`)[] = [
  ...stageStates,
  ...stages.flatMap((stage) => stageStates.map((state) => `${stage}.${state}` as const)),
];

/** The stage after this one, or null at the end. */
export function nextStage(stage: Stage): Stage | null {
  return stages[stages.indexOf(stage) + 1] ?? null;
}

/**
 * The `input` of a score stage that runs because only what was reported of a call has changed since it was judged:
 * its outcome is decided again, by the answers that were given.
 */
export const factsOnly = 'facts';
