import type { CallSummaryBody } from '../contract/calls.ts';
import { failureAdvice } from '../domain/failure.ts';
import type { Stage, StageState } from '../domain/stage.ts';

/** A call_stage row as PostgreSQL writes it into JSON. */
export type StageRow = {
  stage: Stage;
  state: StageState;
  attempts: number;
  due_at: string;
  started_at: string | null;
  finished_at: string | null;
  seconds: number | null;
  cost: string | null;
  error_code: string | null;
  error_detail: string | null;
};

/** Row → what crosses the wire. A stage that was skipped carries its reason as `detail`, without advice. */
export function toStageRun(row: StageRow): CallSummaryBody['stages'][number] {
  const { stage, state, attempts, seconds, cost } = row;
  const ahead = state === 'waiting' || state === 'retrying' || state === 'parked';
  return {
    stage,
    state,
    attempts,
    due_at: ahead ? isoUtc(row.due_at) : null,
    started_at: isoUtc(row.started_at),
    finished_at: isoUtc(row.finished_at),
    seconds,
    cost,
    error: readError(row),
  };
}

/** What the operator can do about a failure; the empty string where there is nothing to do. */
export function adviceFor(code: string): string {
  return code in failureAdvice ? failureAdvice[code as keyof typeof failureAdvice] : '';
}

function readError({ state, error_code, error_detail }: StageRow) {
  if (error_code === null && error_detail === null) return null;
  const code = error_code ?? state;
  return { code, detail: error_detail ?? '', advice: adviceFor(code) };
}

function isoUtc(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
