import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Scorecard } from '../src/domain/scorecard.ts';
import { loadScorecards } from '../src/score/scorecard-library.ts';
import { keepFirstRun } from './eval/first-run.ts';
import { type JudgedCall, settle, turnsOf, unanswered } from './eval/judged-call.ts';
import { callDateOf, type LabelledCall } from './eval/labelled-call.ts';
import { measure } from './eval/measure.ts';
import { judgeNamed } from './eval/named-judge.ts';
import { printMisses, printReport, type Report } from './eval/print-report.ts';
import { readLabelled } from './eval/read-labelled.ts';

/**
 * How often a judge agrees with labelled calls; `npm run eval -- --set FILE`. The figures are defined in
 * eval/measure.ts. calls_per_second counts processor time, so that other work on the machine does not count;
 * calls_per_second_by_clock is what a clock on the wall showed.
 */
const { values: options } = parseArgs({
  options: {
    set: { type: 'string' },
    judge: { type: 'string', default: 'local' },
    scorecards: { type: 'string', default: 'scorecards' },
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    only: { type: 'string' },
    'keep-first-run': { type: 'string' },
  },
});
if (!options.set) throw new Error('give the labelled calls: --set FILE.jsonl');
const { judge, spent } = judgeNamed(options.judge);
const local = options.judge === 'local';
const library = await loadScorecards(options.scorecards);
const only = options.only ? new RegExp(options.only) : null;
const calls = readLabelled(options.set, scorecardOf).filter(({ id }) => !only || only.test(id));

function scorecardOf(vertical: string): Scorecard {
  const scorecard = library.byId(vertical) ?? library.byVertical(vertical);
  if (!scorecard) throw new Error(`no scorecard for ${vertical}`);
  return scorecard;
}

async function judgeOne(call: LabelledCall): Promise<JudgedCall> {
  const scorecard = scorecardOf(call.vertical);
  const turns = turnsOf(call);
  try {
    const claimed = await judge({ turns, scorecard, callDate: callDateOf(call), callId: call.id });
    return settle(call, turns, claimed, scorecard);
  } catch (error) {
    // the local judge has no excuse; a server's failed request leaves one call open, not the whole set
    if (local) throw error;
    console.error(`${call.id}: unanswered, ${(error as Error).message}`);
    return unanswered(call, turns, scorecard, (error as Error).message);
  }
}

async function judgeAll(): Promise<JudgedCall[]> {
  const judged: JudgedCall[] = [];
  for (const call of calls) judged.push(await judgeOne(call));
  return judged;
}

// the local judge compiles its cues on the first pass, and is timed on a set that is long enough; a model answers once
const warm = local ? await judgeAll() : [];
const rounds = local ? Math.max(1, Math.ceil(300 / Math.max(1, calls.length))) : 1;
const started = performance.now();
const cpu = process.cpuUsage();
let results = warm;
for (let round = 0; round < rounds; round++) results = await judgeAll();
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
const report: Report = {
  ...measure(results),
  judge: options.judge,
  set: options.set.split('/').at(-1)!,
  calls_per_second: local
    ? Math.round((calls.length * rounds * 1_000_000) / (used.user + used.system))
    : null,
  calls_per_second_by_clock: Math.round((calls.length * rounds) / seconds),
  cost_usd: spent(),
};
if (options['keep-first-run']) keepFirstRun(options['keep-first-run'], report);
if (options.json) console.log(JSON.stringify(report));
else printReport(report);
if (options.misses) printMisses(results);
