import { factsOnly, type StageState } from '../domain/stage.ts';

/** States that a new fact about a call ends. `waiting`, `queued` and `retrying` runs will read it anyway. */
const ended: StageState[] = ['running', 'done', 'parked', 'failed', 'skipped'];

/**
 * Which score stages run again when a fact about their call changes, as a condition on `call_stage s`. The stage finds
 * out by itself what there is to do: one without a transcript is skipped again, one without a scorecard is parked
 * again. A call on which every process died would kill the next one too, so it waits for a person.
 */
export const isToDecideAgain = `s.stage = 'score' and s.state in (${ended.map((state) => `'${state}'`).join(', ')})
  and s.error_code is distinct from 'interrupted'`;

/**
 * How they are started, as the assignments of an update of `call_stage s`. What was judged is decided by the answers that
 * stand; whatever else the last run was to do is still to be done. Failures keep counting: a stage that has failed for
 * good is tried once per fact, not by its whole schedule.
 */
export const decideAgain = `state = 'waiting', run = s.run + 1, due_at = now(),
  attempts = case s.state when 'failed' then s.attempts when 'running' then greatest(s.attempts - 1, 0) else 0 end,
  input = case when s.state = 'done' then '${factsOnly}' else s.input end`;
