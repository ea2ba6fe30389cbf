import type { Command } from 'commander';
import type { RescoreBody, RescoreSummaryBody } from '../../contract/rescores.ts';
import { disagreementKinds } from '../../domain/disagreement.ts';
import { getRescore, listRescores } from '../../report/rescore-list.ts';
import { summarizeRescore } from '../../report/rescore-summary.ts';
import { listRescoredCalls } from '../../report/rescored-calls.ts';
import { planRescore } from '../../score/rescore/plan-rescore.ts';
import {
  createRescore,
  decideRescore,
  explainWaiting,
  type RescoreDecision,
} from '../../score/rescore/rescore-store.ts';
import { workOnRescore } from '../../score/rescore/rescorer.ts';
import type { ScorecardStore } from '../../score/scorecard-store.ts';
import { composeJudge, judgeNames } from '../compose-judge.ts';
import type { Config } from '../config.ts';
import { findConnection } from '../find-connection.ts';
import { openScorecards } from '../open-scorecards.ts';
import type { Store } from '../store.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { progressBar } from './progress-bar.ts';
import { readInstant } from './read-instant.ts';
import { untilStopped } from './until-stopped.ts';
import { print, warn, withStore } from './with-store.ts';

type RescoreOptions = {
  from?: string;
  to?: string;
  connection?: string;
  scorecard?: string;
  everyCall?: boolean;
  judge?: string;
  json?: boolean;
};
type Json = { json?: boolean };

const shownCalls = 20;

export function addRescoreCommands(program: Command): void {
  const rescore = program
    .command('rescore')
    .description('judge calls again beside what stands, and show what would change; then publish or drop it')
    .option('--from <instant>', 'calls at or after, e.g. 2025-07-01 or 2025-07-01T00:00:00-04:00')
    .option('--to <instant>', 'calls before')
    .option('--connection <id>', 'only this connection: id or name')
    .option('--scorecard <which>', 'id, id@version, id@draft or draft; default: each call’s own')
    .option('--every-call', 'by the named scorecard also calls that another one is meant for')
    .option('--judge <name>', 'local, model or model+local; default: as new calls are judged')
    .option('--json', 'print one JSON object')
    .action((options: RescoreOptions) => start(options));

  rescore
    .command('list')
    .description('rescores, newest first')
    .action((_: Json, command: Command) => list(command.optsWithGlobals<Json>()));
  rescore
    .command('show <id>')
    .description('what a rescore would change')
    .action((id: string, _: Json, command: Command) =>
      withRescore(id, (tools) => show(tools, id, command.optsWithGlobals<Json>())),
    );
  for (const [name, description] of decisions)
    rescore
      .command(`${name} <id>`)
      .description(description)
      .action((id: string, _: Json, command: Command) => decide(id, name, command.optsWithGlobals<Json>()));
}

const decisions: [RescoreDecision, string][] = [
  ['publish', 'make the results the ones that stand; a draft that they were judged by is published too'],
  ['drop', 'forget the results; nothing has changed'],
  ['resume', 'go on with one that failed or was stopped'],
];

type Tools = { store: Store; config: Config; scorecards: ScorecardStore };

function start(options: RescoreOptions): Promise<void> {
  const wanted = {
    from: readInstant('--from', options.from)?.toISOString() ?? null,
    to: readInstant('--to', options.to)?.toISOString() ?? null,
    scorecard: options.scorecard ?? null,
    every_call: options.everyCall ?? false,
    judge: options.judge ?? null,
  };
  return withStore(async (store, config) => {
    const { db } = store;
    const scorecards = await openScorecards(config, db, warn);
    const connection_id = options.connection ? (await findConnection(db, options.connection)).id : null;
    const plan = await planRescore(
      { ...wanted, connection_id },
      { db, store: scorecards, judges: judgeNames(config) },
    );
    if ('problem' in plan) throw new BadArgument(`--${plan.field.replaceAll('_', '-')}: ${plan.problem}`);
    const id = await createRescore(db, { ...plan, createdBy: 'command line' });
    await work({ store, config, scorecards }, id);
    await show({ store, config, scorecards }, id, options);
  });
}

/** Does it in this process, or watches the process that took it up first. */
async function work({ store: { db }, config, scorecards }: Tools, id: string): Promise<void> {
  const judging = composeJudge(config, { db, onLack: warn });
  const bar = progressBar(process.stderr, 'calls');
  let told: string | null = null;
  const onProgress = (done: number, total: number) => bar.show(total === 0 ? 1 : done / total, done);
  const wasStopped = await untilStopped(async (signal) => {
    for (;;) {
      await workOnRescore({ db, scorecards, judges: judging.judges, signal, onProgress }, id);
      await explainWaiting(db, Object.keys(judging.judges));
      const now = await getRescore(db, id);
      if (!now || signal.aborted || !['waiting', 'running', 'publishing'].includes(now.state))
        return signal.aborted;
      if (now.detail !== told) {
        told = now.detail;
        if (told !== null) warn(`${id}: ${told}`);
      }
      onProgress(now.done, now.total ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }).finally(() => {
    bar.end();
    return judging.stop();
  });
  if (wasStopped)
    throw new BadArgument(
      `Stopped. A running Aria with the same judge goes on with it, or: npx aria rescore resume ${id}`,
    );
}

function withRescore(id: string, run: (tools: Tools) => Promise<void>): Promise<void> {
  return withStore(async (store, config) => {
    if (!(await getRescore(store.db, id)))
      throw new BadArgument(`There is no rescore ${id} (npx aria rescore list).`);
    await run({ store, config, scorecards: await openScorecards(config, store.db, warn) });
  });
}

function decide(id: string, decision: RescoreDecision, options: Json): Promise<void> {
  return withRescore(id, async (tools) => {
    const { db } = tools.store;
    const before = await getRescore(db, id);
    const isOpen = decision === 'resume' && ['waiting', 'running', 'publishing'].includes(before!.state);
    if (!isOpen && !(await decideRescore(db, id, decision, 'command line')))
      throw new BadArgument(`Rescore ${id} is ${before!.state}; it cannot be told to ${decision}.`);
    if (decision !== 'drop') await work(tools, id);
    await show(tools, id, options);
  });
}

async function show({ store: { db } }: Tools, id: string, options: Json): Promise<void> {
  const rescore = (await getRescore(db, id))!;
  const hasSummary = ['ready', 'publishing', 'published'].includes(rescore.state);
  const summary = hasSummary ? await summarizeRescore(db, id) : null;
  const calls = summary ? await listRescoredCalls(db, id, { limit: shownCalls }) : null;
  print(options.json, { ...rescore, summary }, [
    describe(rescore),
    ...(summary ? describeSummary(summary) : []),
    ...(calls?.items ?? []).map(
      ({ call_id, before, after }) =>
        `  ${call_id}  ${before ? `${before.prospect}, ${before.result}, billable ${before.billable}` : 'not scored'} → ${after!.prospect}, ${after!.result}, billable ${after!.billable}`,
    ),
    ...(calls?.next ? [`  … and more: GET /v1/rescores/${id}/calls`] : []),
    ...(rescore.state === 'ready'
      ? [`Nothing is changed yet. npx aria rescore publish ${id}, or: npx aria rescore drop ${id}`]
      : []),
  ]);
  if (rescore.state === 'failed') process.exitCode = 1;
}

function describe({
  id,
  state,
  done,
  total,
  scorecard,
  version,
  drafts,
  judge,
  detail,
}: RescoreBody): string {
  const by = scorecard ? `${scorecard}@${version}` : drafts ? 'the drafts' : 'each call’s own scorecard';
  return `${id} is ${state}${detail ? `: ${detail}` : ''} (${done} of ${total ?? '?'} calls, by ${by}, judge ${judge})`;
}

function describeSummary({ judged, changed, skipped, changes, money }: RescoreSummaryBody): string[] {
  return [
    `${countOf(judged, 'call')} judged, ${changed} would change.`,
    ...skipped.map(({ why, calls }) => `  ${calls} left out: ${why}`),
    ...changes.map(
      ({ field, before, after, calls }) =>
        `  ${String(calls).padStart(6)}  ${field}: ${before ?? 'not scored'} → ${after}`,
    ),
    ...money.flatMap(({ currency, no_longer_billable: less, newly_billable: more, disagreements }) => [
      `  ${currency}: no longer billable ${countOf(less.calls, 'call')}, ${less.money} revenue; newly billable ${countOf(more.calls, 'call')}, ${more.money} revenue`,
      ...disagreements
        .toSorted((a, b) => disagreementKinds.indexOf(a.kind) - disagreementKinds.indexOf(b.kind))
        .map(
          ({ kind, before, after, estimated }) =>
            `    ${kind.replaceAll('_', ' ').padEnd(24)} ${countOf(before.calls, 'call')}, ${before.money ?? '—'} → ${countOf(after.calls, 'call')}, ${after.money ?? '—'}${estimated ? ' (estimate)' : ''}`,
        ),
    ]),
  ];
}

function list(options: Json): Promise<void> {
  return withStore(async ({ db }) => {
    const { items } = await listRescores(db, { limit: 50 });
    print(options.json, { items }, items.length > 0 ? items.map(describe) : ['There is no rescore.']);
  });
}
