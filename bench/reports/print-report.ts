import type { MeasuredCorrections } from './measure-corrections.ts';
import type { MeasuredList } from './measure-lists.ts';
import type { MeasuredQuestion } from './measure-questions.ts';
import type { MeasuredUpkeep } from './measure-upkeep.ts';
import { percentile, tenth } from './percentile.ts';

export type Measured = {
  calls: number;
  measured: MeasuredQuestion[];
  lists: MeasuredList[];
  corrections: MeasuredCorrections[];
  upkeep: MeasuredUpkeep | null;
  /** Null: the calls were there already. */
  foldSeconds: number | null;
};

/** Prints all of it, as one JSON object or for people. `p50_ms` and `p95_ms` are over the dashboard's questions. */
export function printReport(all: Measured, { json }: { json: boolean }): void {
  const dashboard = all.measured.filter(({ kind }) => kind === 'dashboard');
  const beside = (pick: (question: MeasuredQuestion) => number | null) => {
    const ratios = dashboard.flatMap((question) => {
      const theirs = pick(question);
      return theirs === null ? [] : [theirs / question.p50_ms];
    });
    return ratios.length > 0 ? tenth(percentile(ratios, 0.5)) : null;
  };
  const summary = {
    calls: all.calls,
    p50_ms: percentile(
      dashboard.map(({ p50_ms }) => p50_ms),
      0.5,
    ),
    p95_ms: Math.max(...dashboard.map(({ p95_ms }) => p95_ms)),
    plain_ratio: beside(({ plain_p50_ms }) => plain_p50_ms),
    duckdb_ratio: beside(({ duckdb_p50_ms }) => duckdb_p50_ms),
    questions: all.measured,
    lists: all.lists,
    corrections: all.corrections,
    fold_seconds: all.foldSeconds === null ? null : Math.round(all.foldSeconds),
    upkeep_ratio: all.upkeep?.ratio ?? null,
    upkeep: all.upkeep,
  };
  if (json) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const line = (cells: (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(36) : String(cell).padStart(11))).join('');
  const lines = [
    `${all.calls} calls; ms`,
    line(['question', 'from', 'first', 'p50', 'p95', 'plain p50', 'duckdb p50']),
    ...all.measured.map((q) =>
      line([
        q.id,
        q.answered_from,
        q.first_ms,
        q.p50_ms,
        q.p95_ms,
        q.plain_p50_ms ?? '',
        q.duckdb_p50_ms ?? '',
      ]),
    ),
    ...all.lists.map((list) => line([list.id, 'calls', '', list.p50_ms, list.p95_ms])),
    '',
    `dashboard: slowest p95 ${summary.p95_ms} ms`,
    ...(summary.plain_ratio === null
      ? []
      : [
          `in the median ${summary.plain_ratio} × as fast as the table of calls, ${summary.duckdb_ratio} × as DuckDB over Parquet`,
        ]),
    ...all.corrections.map(
      ({ calls, hours, report_p50_ms, fold_ms }) =>
        `${calls} late dispositions in ${hours} hours: reports ${report_p50_ms} ms until folded, folding ${fold_ms} ms`,
    ),
    ...(summary.fold_seconds === null ? [] : [`all hours folded in ${summary.fold_seconds} s`]),
    ...(all.upkeep
      ? [
          `upkeep: ${all.upkeep.with_cpu_us} µs of processor an event with, ${all.upkeep.without_cpu_us} without; costs ${(100 * all.upkeep.ratio).toFixed(1)} %`,
        ]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
