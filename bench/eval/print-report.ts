import type { JudgedCall } from './judged-call.ts';
import { answersOf, type Measured } from './measure.ts';

export type Report = Measured & {
  judge: string;
  set: string;
  calls_per_second: number | null;
  calls_per_second_by_clock: number;
  cost_usd: number | null;
};

/** The figures as a table for people. */
export function printReport(report: Report) {
  const { criteria, flags, evidence } = report;
  const line = (name: string, ...cells: (string | number | null)[]) =>
    console.log(name.padEnd(34), ...cells.map((cell) => String(cell ?? '—').padStart(9)));
  console.log(
    `${report.calls} calls, judge ${report.judge}, ${report.calls_per_second ?? report.calls_per_second_by_clock} calls/s, cost ${report.cost_usd === null ? 'not known' : `$${report.cost_usd}`}${report.unanswered > 0 ? `, ${report.unanswered} unanswered` : ''}\n`,
  );
  line('', 'accuracy', 'kappa');
  for (const name of ['reached', 'prospect', 'result', 'reason'] as const)
    line(name, report[name].accuracy, report[name].kappa);
  for (const name of ['reached', 'prospect', 'result', 'reason'] as const) {
    console.log();
    line(name, 'precision', 'recall', 'given', 'labelled');
    for (const [value, row] of Object.entries(report[name].by_value))
      line(`  ${value}`, row.precision, row.recall, row.given, row.labelled);
  }
  console.log();
  line('', 'precision', 'coverage', 'given', 'labelled', 'kappa');
  line('criteria', criteria.precision, criteria.coverage, criteria.given, criteria.labelled, criteria.kappa);
  for (const group of [criteria.by_vertical, criteria.by_criterion])
    for (const [name, row] of Object.entries(group))
      line(`  ${name}`, row.precision, row.coverage, row.given, row.labelled, row.kappa);
  console.log();
  line('flags', 'precision', 'recall', 'raised', 'labelled');
  line('  all', flags.precision, flags.recall);
  for (const [name, row] of Object.entries(flags.by_flag))
    line(`  ${name}`, row.precision, row.recall, row.raised, row.labelled);
  console.log();
  line('evidence', 'in reach', 'exact', 'standing', 'of flags');
  line('', evidence.precision, evidence.exact, evidence.standing, flags.evidence);
  console.log();
  line('confidence', 'stated', 'right', 'answers');
  for (const bin of report.calibration)
    line(`  ${bin.from} to ${bin.to}`, bin.confidence, bin.right, bin.answers);
}

/** Call by call what was missed, with the words that led there. */
export function printMisses(results: readonly JudgedCall[]) {
  const answers = answersOf(results);
  for (const { call, outcome, judgement } of results) {
    const lines: string[] = [];
    const { labels } = call;
    for (const name of ['reached', 'prospect', 'reason', 'result'] as const)
      if (outcome[name] !== labels[name])
        lines.push(
          `${name}: ${outcome[name]} ≠ ${labels[name]} ${name === 'result' ? judgement.result.evidence.map(({ turn, quote }) => `(${turn}) ${quote.slice(0, 80)}`).join(' | ') : ''}`,
        );
    for (const { flag, evidence } of judgement.flags)
      if (!labels.flags.includes(flag))
        lines.push(`flag ${flag} raised: (${evidence[0]?.turn}) ${evidence[0]?.quote.slice(0, 100)}`);
    for (const flag of labels.flags)
      if (!(outcome.flags as string[]).includes(flag)) lines.push(`flag ${flag} missed`);
    for (const row of answers.filter(({ id, got, want }) => id === call.id && got !== want))
      lines.push(
        `${row.got === 'unknown' ? 'open ' : 'WRONG'} ${row.criterion}: ${row.got} ≠ ${row.want} [${row.wanted}] ${row.confidence} ${row.evidence.map(({ turn, quote }) => `(${turn}) ${quote.slice(0, 110)}`).join(' | ')}`,
      );
    if (lines.length === 0) continue;
    console.log(`\n${call.id} ${call.vertical}: ${outcome.explanation.slice(0, 150)}`);
    for (const text of lines) console.log(`  ${text}`);
  }
}
