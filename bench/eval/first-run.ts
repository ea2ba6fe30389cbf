import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Report } from './print-report.ts';

/** What is kept of the first time a judge met a set of calls, before anybody worked on its misses. */
export type FirstRun = {
  calls: number;
  reached: number | null;
  prospect: number | null;
  result: number | null;
  reason: number | null;
  criteriaPrecision: number | null;
  criteriaCoverage: number | null;
  flagsPrecision: number | null;
  flagsRecall: number | null;
};

/** The kept first runs by set, oldest first. */
export function readFirstRuns(file: string): Record<string, FirstRun> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Keeps a report as the first run of its set.
 * @throws Error when one is kept already: only the first meeting says how a judge does on calls it has not seen.
 */
export function keepFirstRun(file: string, report: Report) {
  const runs = readFirstRuns(file);
  if (runs[report.set]) throw new Error(`${file} already holds the first run of ${report.set}`);
  const { reached, prospect, result, reason, criteria, flags } = report;
  runs[report.set] = {
    calls: report.calls,
    reached: reached.accuracy,
    prospect: prospect.accuracy,
    result: result.accuracy,
    reason: reason.accuracy,
    criteriaPrecision: criteria.precision,
    criteriaCoverage: criteria.coverage,
    flagsPrecision: flags.precision,
    flagsRecall: flags.recall,
  };
  writeFileSync(file, `${JSON.stringify(runs, null, 2)}\n`);
}
