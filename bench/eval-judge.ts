import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { decideOutcome } from '../src/domain/policy.ts';
import type { Turn } from '../src/domain/transcript.ts';
import { checkEvidence, standsIn } from '../src/score/evidence.ts';
import { judgeLocally } from '../src/score/local/judge-locally.ts';
import { loadScorecards } from '../src/score/scorecard-library.ts';

/**
 * How often the judge agrees with labelled calls (one JSON object a line). Definitions:
 * - criteria.precision: of the yes and no answers given, the share whose label is the same; an answer where the
 *   label is `unknown` counts as wrong.
 * - criteria.coverage: of the criteria labelled yes or no, the share that got a yes or no at all.
 * - evidence.precision: of the turns quoted for right yes and no answers that have labelled turns, the share
 *   that lies within one turn of a labelled one. evidence.standing: share of yes and no answers whose quotes
 *   all stand in the transcript.
 * - calls_per_second: judged calls for each second of processor time, so that other work on the machine does
 *   not count; calls_per_second_by_clock is what a clock on the wall showed.
 * - kappa: Cohen's, judge against label.
 * Speakers of mono calls are hidden from the judge.
 */
const label = z.object({
  id: z.string(),
  vertical: z.string(),
  channels: z.enum(['stereo', 'mono']),
  payload: z.record(z.string(), z.unknown()),
  turns: z.array(
    z.object({
      speaker: z.enum(['caller', 'agent', 'ivr']),
      start: z.number(),
      end: z.number(),
      text: z.string(),
    }),
  ),
  labels: z.object({
    reached: z.string(),
    prospect: z.string(),
    reason: z.string().nullable(),
    result: z.string(),
    criteria: z.record(z.string(), z.enum(['yes', 'no', 'unknown'])),
    flags: z.array(z.string()),
    evidence: z.record(z.string(), z.array(z.number())),
  }),
});
type Labelled = z.infer<typeof label>;

const { values: options } = parseArgs({
  options: {
    set: { type: 'string' },
    judge: { type: 'string', default: 'local' },
    scorecards: { type: 'string', default: 'scorecards' },
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
if (!options.set) throw new Error('give the labelled calls: --set FILE.jsonl');
if (options.judge !== 'local') throw new Error(`unknown judge ${options.judge}; known: local`);
const library = await loadScorecards(options.scorecards);
const only = options.only ? new RegExp(options.only) : null;
const calls = readFileSync(options.set, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => label.parse(JSON.parse(line)))
  .filter(({ id }) => !only || only.test(id));

const judged = calls.map((call) => {
  const scorecard = library.byId(call.vertical) ?? library.byVertical(call.vertical);
  if (!scorecard) throw new Error(`${call.id}: no scorecard for ${call.vertical}`);
  const turns: Turn[] = call.turns.map((turn) => ({
    ...turn,
    speaker: call.channels === 'mono' ? 'unknown' : turn.speaker,
    speakerConfidence: call.channels === 'mono' ? 0 : 1,
    words: [],
  }));
  return { call, scorecard, turns, callDate: callDateOf(call) };
});

function callDateOf({ payload }: Labelled): string | null {
  const date = new Date(`${String(payload.call_date ?? '')} UTC`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function judgeAll() {
  return judged.map(({ call, scorecard, turns, callDate }) => {
    const judgement = checkEvidence(judgeLocally(turns, scorecard, { callDate }), turns);
    const connected = Number(call.payload.connected_call_length);
    const outcome = decideOutcome(judgement, scorecard, {
      connectedSeconds: Number.isFinite(connected) ? connected : null,
      duplicate: null,
    });
    return { call, turns, judgement, outcome };
  });
}

const results = judgeAll();
// the first pass compiled the cues; speed is measured on a set long enough to time
const rounds = Math.max(1, Math.ceil(300 / Math.max(1, calls.length)));
const started = performance.now();
const cpu = process.cpuUsage();
for (let round = 0; round < rounds; round++) judgeAll();
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
const cpuSeconds = (used.user + used.system) / 1_000_000;

const fields = {
  reached: results.map(({ call, outcome }) => [outcome.reached, call.labels.reached] as const),
  prospect: results.map(({ call, outcome }) => [outcome.prospect, call.labels.prospect] as const),
  result: results.map(({ call, outcome }) => [outcome.result, call.labels.result] as const),
  reason: results
    .filter(({ call }) => call.labels.reason !== null)
    .map(({ call, outcome }) => [outcome.reason ?? 'none', call.labels.reason!] as const),
};
const answers = results.flatMap(({ call, judgement, turns }) =>
  Object.entries(call.labels.criteria).map(([criterion, want]) => {
    const answer = judgement.answers.find((one) => one.criterion === criterion);
    return {
      id: call.id,
      vertical: call.vertical,
      criterion,
      want,
      got: answer?.value ?? 'unknown',
      evidence: answer?.evidence ?? [],
      wanted: call.labels.evidence[criterion] ?? [],
      turns,
    };
  }),
);
const given = answers.filter(({ got }) => got !== 'unknown');
const labelled = answers.filter(({ want }) => want !== 'unknown');
const cited = given
  .filter(({ got, want, wanted }) => got === want && wanted.length > 0)
  .flatMap(({ evidence, wanted }) =>
    evidence.map(({ turn }) => wanted.some((other) => Math.abs(other - turn) <= 1)),
  );
const raised = results.flatMap(({ call, outcome }) =>
  outcome.flags.map((flag) => call.labels.flags.includes(flag)),
);
const wantedFlags = results.flatMap(({ call, outcome }) =>
  call.labels.flags.map((flag) => (outcome.flags as string[]).includes(flag)),
);

const report = {
  calls: calls.length,
  judge: options.judge,
  reached: scoreField(fields.reached),
  prospect: scoreField(fields.prospect),
  result: scoreField(fields.result),
  reason: scoreField(fields.reason),
  criteria: {
    precision: share(given.map(({ got, want }) => got === want)),
    coverage: share(labelled.map(({ got }) => got !== 'unknown')),
    given: given.length,
    labelled: labelled.length,
    kappa: kappa(answers.map(({ got, want }) => [got, want] as const)),
    by_vertical: grouped((row) => row.vertical),
    by_criterion: grouped((row) => row.criterion),
  },
  flags: { precision: share(raised), recall: share(wantedFlags), kappa: kappa(flagPairs()) },
  evidence: {
    precision: share(cited),
    standing: share(
      given.map(
        ({ evidence, turns }) => evidence.length > 0 && evidence.every((one) => standsIn(one, turns)),
      ),
    ),
  },
  calls_per_second: Math.round((calls.length * rounds) / cpuSeconds),
  calls_per_second_by_clock: Math.round((calls.length * rounds) / seconds),
};

if (options.json) console.log(JSON.stringify(report));
else printReport();

function grouped(key: (row: (typeof answers)[number]) => string) {
  const keys = [...new Set(answers.map(key))].sort();
  return Object.fromEntries(
    keys.map((name) => {
      const rows = answers.filter((row) => key(row) === name);
      const own = rows.filter(({ got }) => got !== 'unknown');
      return [
        name,
        {
          precision: share(own.map(({ got, want }) => got === want)),
          coverage: share(rows.filter(({ want }) => want !== 'unknown').map(({ got }) => got !== 'unknown')),
          given: own.length,
        },
      ];
    }),
  );
}

function flagPairs() {
  const names = new Set(results.flatMap(({ call, outcome }) => [...call.labels.flags, ...outcome.flags]));
  return results.flatMap(({ call, outcome }) =>
    [...names].map(
      (flag) =>
        [
          String((outcome.flags as string[]).includes(flag)),
          String(call.labels.flags.includes(flag)),
        ] as const,
    ),
  );
}

function scoreField(pairs: readonly (readonly [string, string])[]) {
  return { accuracy: share(pairs.map(([got, want]) => got === want)), kappa: kappa(pairs) };
}

function share(hits: readonly boolean[]): number | null {
  return hits.length === 0 ? null : round(hits.filter(Boolean).length / hits.length);
}

/** Cohen's kappa; null where there is nothing to agree on. */
function kappa(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null;
  const observed = pairs.filter(([a, b]) => a === b).length / pairs.length;
  const names = new Set(pairs.flat());
  let expected = 0;
  for (const name of names)
    expected +=
      (pairs.filter(([a]) => a === name).length / pairs.length) *
      (pairs.filter(([, b]) => b === name).length / pairs.length);
  return expected === 1 ? null : round((observed - expected) / (1 - expected));
}

function round(value: number) {
  return Math.round(value * 1000) / 1000;
}

function printReport() {
  const { criteria, flags, evidence } = report;
  const line = (name: string, ...cells: (string | number | null)[]) =>
    console.log(name.padEnd(30), ...cells.map((cell) => String(cell ?? '—').padStart(9)));
  console.log(`${report.calls} calls, judge ${report.judge}, ${report.calls_per_second} calls/s\n`);
  line('', 'accuracy', 'kappa');
  for (const name of ['reached', 'prospect', 'result', 'reason'] as const)
    line(name, report[name].accuracy, report[name].kappa);
  console.log();
  line('', 'precision', 'coverage', 'given');
  line('criteria', criteria.precision, criteria.coverage, criteria.given);
  for (const [name, row] of Object.entries(criteria.by_vertical))
    line(`  ${name}`, row.precision, row.coverage, row.given);
  for (const [name, row] of Object.entries(criteria.by_criterion))
    line(`    ${name}`, row.precision, row.coverage, row.given);
  line('flags (precision, recall)', flags.precision, flags.recall);
  line('evidence', evidence.precision);
  if (!options.misses) return;
  for (const { call, outcome, judgement } of results) {
    const wrong = answers.filter((row) => row.id === call.id && row.got !== row.want);
    const { labels } = call;
    console.log(`\n${call.id}: ${outcome.explanation}`);
    for (const field of ['reached', 'prospect', 'reason', 'result'] as const)
      if (outcome[field] !== labels[field])
        console.log(
          `  ${field}: ${outcome[field]} ≠ ${labels[field]} ${field === 'result' ? JSON.stringify(judgement.result.evidence.map(({ turn, quote }) => [turn, quote.slice(0, 80)])) : ''}`,
        );
    for (const { flag, evidence: at } of judgement.flags)
      if (!labels.flags.includes(flag))
        console.log(`  flag ${flag} raised: ${at[0]?.turn} ${at[0]?.quote.slice(0, 100)}`);
    for (const flag of labels.flags)
      if (!(outcome.flags as string[]).includes(flag)) console.log(`  flag ${flag} missed`);
    for (const row of wrong)
      console.log(
        `  ${row.got === 'unknown' ? 'open ' : 'WRONG'} ${row.criterion}: ${row.got} ≠ ${row.want} [${row.wanted}] ${row.evidence.map(({ turn, quote }) => `(${turn}) ${quote.slice(0, 110)}`).join(' | ')}`,
      );
  }
}
