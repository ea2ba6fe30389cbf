import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Scorecard } from '../domain/scorecard.ts';
import { compileScorecard } from './local/compile-scorecard.ts';
import { CueError } from './local/cue.ts';
import { type ScorecardFile, scorecardFile } from './scorecard-shape.ts';
import { plainName } from './vertical-name.ts';

/** A fault in a scorecard file: where, what, and what to do about it. */
export type ScorecardFault = { file: string; line: number; problem: string };

/**
 * Reads `*.yaml` of a folder. `common.yaml` is the shared part, not a scorecard of its own.
 * @returns the scorecards, and the faults of every file; use the scorecards only when there are none.
 */
export function checkScorecards(folder: string): { scorecards: Scorecard[]; faults: ScorecardFault[] } {
  const faults: ScorecardFault[] = [];
  const read = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, ...readFile(join(folder, name), name) }));
  for (const { faults: own } of read) faults.push(...own);
  const common = read.find(({ name }) => name === 'common.yaml');
  const all: Scorecard[] = [];
  for (const { name, file, text, lineOf } of read) {
    if (name === 'common.yaml' || !file) continue;
    if (file.extends && !common?.file) {
      faults.push({
        file: name,
        line: lineOf(['extends']),
        problem: 'extends common, but common.yaml is missing or faulty',
      });
      continue;
    }
    const base = file.extends ? common! : null;
    const scorecard = assemble(file, base?.file ?? null, `${base?.text ?? ''}${text}`);
    faults.push(...whole(scorecard, name, text, lineOf));
    all.push(scorecard);
  }
  faults.push(...clashes(all));
  return { scorecards: all, faults };
}

/** The faults as text, one a line: `solar.yaml:12: problem`. */
export function faultText(faults: readonly ScorecardFault[]): string {
  return faults.map(({ file, line, problem }) => `${file}:${line}: ${problem}`).join('\n');
}

type LineOf = (path: PropertyKey[]) => number;

function readFile(path: string, name: string) {
  const text = readFileSync(path, 'utf8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file: name,
      line: error.linePos?.[0].line ?? 1,
      problem: error.message.split('\n')[0]!,
    }));
    return { text, lineOf, file: null, faults };
  }
  const parsed = scorecardFile.safeParse(document.toJS());
  if (parsed.success) return { text, lineOf, file: parsed.data, faults: [] };
  const faults = parsed.error.issues.map((issue) => ({
    file: name,
    line: lineOf([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]),
    problem: `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
  }));
  return { text, lineOf, file: null, faults };
}

/** Puts the shared part under a file: criteria in front, cues together, the file's policy over the shared one. */
function assemble(file: ScorecardFile, base: ScorecardFile | null, text: string): Scorecard {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const reasons = [
    ...new Set([...(base?.disqualifiers ?? []), ...file.disqualifiers].map(({ reason }) => reason)),
  ];
  const results = { ...base?.results, ...file.results };
  const roles = [
    ...Object.keys(base?.cues ?? {}),
    ...Object.keys(file.cues),
  ] as (keyof ScorecardFile['cues'])[];
  const disqualifiers = [...(base?.disqualifiers ?? []), ...file.disqualifiers];
  return {
    id: file.id,
    version: `${file.version}+${hash}`,
    title: file.title,
    aliases: file.aliases,
    criteria: mergeCriteria([...(base?.criteria ?? []), ...file.criteria]).map(toCriterion),
    disqualifiers: reasons.map((reason) => {
      const parts = disqualifiers.filter((part) => part.reason === reason);
      const gather = (key: 'caller' | 'agent' | 'asks') => parts.flatMap((part) => part[key]);
      return { reason, caller: gather('caller'), agent: gather('agent'), asks: gather('asks') };
    }),
    results: Object.fromEntries(
      (Object.keys(results) as (keyof typeof results)[]).map((result) => {
        const both = [base?.results[result], file.results[result]];
        const gather = (key: 'agent' | 'caller') => both.flatMap((part) => part?.[key] ?? []);
        return [result, { agent: gather('agent'), caller: gather('caller') }];
      }),
    ),
    cues: Object.fromEntries(
      roles.map((role) => [role, [...(base?.cues[role] ?? []), ...(file.cues[role] ?? [])]]),
    ),
    policy: (file.policy.length > 0 ? file.policy : (base?.policy ?? [])).map(({ when, ...rule }) => ({
      ...rule,
      when: {
        ...(when.duplicate !== undefined && { duplicate: when.duplicate }),
        ...(when.connected_at_least !== undefined && { connectedAtLeast: when.connected_at_least }),
        ...(when.connected_below !== undefined && { connectedBelow: when.connected_below }),
        ...(when.reached && { reached: when.reached }),
        ...(when.prospect && { prospect: when.prospect }),
        ...(when.result && { result: when.result }),
        ...(when.reason && { reason: when.reason }),
      },
    })),
  };
}

/** A criterion named in both files adds the file's cues to the shared ones. */
function mergeCriteria(criteria: ScorecardFile['criteria']): ScorecardFile['criteria'] {
  const merged = new Map<string, ScorecardFile['criteria'][number]>();
  for (const criterion of criteria) merged.set(criterion.id, criterion);
  return [...merged.values()];
}

function toCriterion(criterion: ScorecardFile['criteria'][number]): Scorecard['criteria'][number] {
  const { listen } = criterion;
  return {
    id: criterion.id,
    question: criterion.question,
    kind: criterion.kind,
    choices: criterion.choices,
    heardFrom: criterion.heard_from,
    gate: criterion.gate,
    intent: criterion.intent,
    weight: criterion.weight,
    autoFail: criterion.auto_fail,
    requiredText: criterion.required_text,
    examples: criterion.examples,
    listen: {
      asks: listen.asks,
      asksReversed: listen.asks_reversed,
      topic: listen.topic,
      yes: listen.yes,
      no: listen.no,
      replyYes: listen.reply_yes,
      replyNo: listen.reply_no,
      agentYes: listen.agent_yes,
      agentNo: listen.agent_no,
      amount: listen.amount && {
        unit: listen.amount.unit,
        atLeast: listen.amount.at_least,
        atMost: listen.amount.at_most,
        plausible: listen.amount.plausible,
        sum: listen.amount.sum,
      },
      date: listen.date && { withinMonths: listen.date.within_months, event: listen.date.event },
      absent: listen.absent,
      impliesNo: listen.implies_no,
      settledBy: listen.settled_by,
      acceptedSilently: listen.accepted_silently,
    },
  };
}

/** What can only be seen on the whole: cues that cannot be read, rules that name nothing, no gate. */
function whole(scorecard: Scorecard, file: string, text: string, lineOf: LineOf): ScorecardFault[] {
  const faults: ScorecardFault[] = [];
  try {
    compileScorecard(scorecard);
  } catch (error) {
    if (!(error instanceof CueError)) throw error;
    faults.push({ file, line: lineOfCue(text, error.cue) ?? lineOf(['criteria']), problem: error.message });
  }
  if (scorecard.criteria.filter(({ gate }) => gate).length === 0)
    faults.push({
      file,
      line: lineOf(['criteria']),
      problem: 'no criterion is a gate; set gate: true on at least one',
    });
  if (scorecard.policy.length === 0)
    faults.push({
      file,
      line: lineOf(['policy']),
      problem: 'no billing rules; write policy: or extends: common',
    });
  return faults;
}

/** Cues are merged from two files before they are compiled, so a faulty one is found again by its text. */
function lineOfCue(text: string, cue: string): number | null {
  const line = text.split('\n').findIndex((one) => one.includes(cue));
  return line < 0 ? null : line + 1;
}

function clashes(all: readonly Scorecard[]): ScorecardFault[] {
  const owner = new Map<string, string>();
  const faults: ScorecardFault[] = [];
  for (const { id, title, aliases } of all)
    for (const name of new Set([id, title, ...aliases].map(plainName))) {
      const other = owner.get(name);
      if (other && other !== id)
        faults.push({
          file: `${id}.yaml`,
          line: 1,
          problem: `"${name}" already names the scorecard ${other}; remove it from one`,
        });
      owner.set(name, id);
    }
  return faults;
}
