import { createHash } from 'node:crypto';
import type { Scorecard } from '../domain/scorecard.ts';
import { assembleScorecard } from './assemble-scorecard.ts';
import { checkPolicy } from './check-policy.ts';
import { compileScorecard } from './local/compile-scorecard.ts';
import { CueError } from './local/cue.ts';
import { type LineOf, type ReadScorecard, readScorecard, type ScorecardFault } from './read-scorecard.ts';

/** A scorecard as it is kept: its own text, and that of the shared part where it extends it. */
export type ScorecardSource = { source: string; shared: string | null };

export type ParsedScorecard = {
  /** Null where the faults leave none; with others a stored version still means what it meant. */
  scorecard: Scorecard | null;
  /** SHA-256 of the texts that it is made of, hex. */
  hash: string;
  /** The shared part, if the file extends it. */
  shared: string | null;
  faults: ScorecardFault[];
};

/** Texts are content: the same ones make the same scorecard, and compiling its cues once is enough. */
const parsed = new Map<string, ParsedScorecard>();
const shares = new Map<string, ReadScorecard>();
const keptTexts = 200;

/**
 * Makes a scorecard of its texts, or names every fault.
 * @param name how faults name the file
 */
export function parseScorecard({ source, shared }: ScorecardSource, name: string): ParsedScorecard {
  const key = createHash('sha256')
    .update(JSON.stringify([name, source, shared]))
    .digest('hex');
  const known = parsed.get(key);
  if (known) return known;
  const made = parse(source, shared, name);
  if (parsed.size >= keptTexts) parsed.delete(parsed.keys().next().value!);
  parsed.set(key, made);
  return made;
}

function parse(source: string, sharedText: string | null, name: string): ParsedScorecard {
  const { file, lineOf, faults } = readScorecard(source, name);
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  if (!file) return { scorecard: null, hash: hashOf(source), shared: null, faults };
  const shared = file.extends ? sharedText : null;
  const hash = hashOf(`${shared ?? ''}${source}`);
  const base = shared === null ? null : readShared(shared).file;
  if (file.extends && !base) {
    const fault = {
      file: name,
      line: lineOf(['extends']),
      problem: 'extends common, but common.yaml is missing or faulty',
      fix: 'put common.yaml beside it, or remove extends: common',
    };
    return { scorecard: null, hash, shared, faults: [fault] };
  }
  const scorecard = assembleScorecard(file, base, hash);
  const unreadable = checkCues(scorecard, name, source, lineOf);
  if (unreadable.length > 0) return { scorecard: null, hash, shared, faults: unreadable };
  return { scorecard, hash, shared, faults: [...faults, ...whole(scorecard, name, source, lineOf)] };
}

function readShared(text: string): ReadScorecard {
  const known = shares.get(text) ?? readScorecard(text, 'common.yaml');
  if (shares.size >= keptTexts) shares.clear();
  shares.set(text, known);
  return known;
}

function checkCues(scorecard: Scorecard, file: string, text: string, lineOf: LineOf): ScorecardFault[] {
  try {
    compileScorecard(scorecard);
    return [];
  } catch (error) {
    if (!(error instanceof CueError)) throw error;
    const line = lineOfText(text, error.cue) ?? lineOf(['criteria']);
    return [{ file, line, problem: error.message, fix: 'see "Cues" in docs/scorecards.md' }];
  }
}

/** What can only be seen on the whole: rules that name nothing, no gate. */
function whole(scorecard: Scorecard, file: string, text: string, lineOf: LineOf): ScorecardFault[] {
  const faults: ScorecardFault[] = [];
  const ids = new Set(scorecard.criteria.map(({ id }) => id));
  const placeOf = (id: string) => lineOfId(text, id) ?? lineOf(['criteria']);
  if (scorecard.criteria.filter(({ gate }) => gate).length === 0)
    faults.push({
      file,
      line: lineOf(['criteria']),
      problem: 'no criterion is a gate',
      fix: 'set gate: true on at least one',
    });
  if (scorecard.policy.length === 0)
    faults.push({
      file,
      line: lineOf(['policy']),
      problem: 'no billing rules',
      fix: 'write policy: or extends: common',
    });
  for (const { id, kind, choices, gate, holdsIf } of scorecard.criteria) {
    const fault = (problem: string, fix: string) =>
      faults.push({ file, line: placeOf(id), problem: `${id}: ${problem}`, fix });
    if (kind === 'choice' && choices.length === 0) fault('a choice without choices', 'add choices: [ … ]');
    if (kind !== 'choice' && choices.length > 0) fault('choices belong to kind: choice', 'add kind: choice');
    if (kind !== 'yes_no' && gate && !holdsIf)
      fault(`a gate of kind ${kind} needs to know when it holds`, 'add holds_if: { … }');
    if (kind === 'yes_no' && holdsIf) fault('holds_if belongs to numbers, choices and dates', 'add kind:');
    for (const one of holdsIf?.oneOf ?? [])
      if (!choices.includes(one))
        fault(`holds_if names ${one}, which is no choice`, `use ${choices.join(', ')}`);
  }
  for (const { id, listen } of scorecard.criteria)
    for (const other of listen.impliesNo.filter((one) => !ids.has(one)))
      faults.push({
        file,
        line: placeOf(id),
        problem: `${id}: implies_no names ${other}, which is no criterion`,
        fix: `use ${[...ids].filter((one) => one !== id).join(', ')}`,
      });
  for (const { rule, problem, fix } of checkPolicy(scorecard))
    faults.push({ file, line: lineOfId(text, rule) ?? lineOf(['policy']), problem, fix });
  return faults;
}

/** Parts are merged from two files before they are seen whole, so a faulty one is found again by its text. */
function lineOfText(text: string, part: string): number | null {
  const line = text.split('\n').findIndex((one) => one.includes(part));
  return line < 0 ? null : line + 1;
}

function lineOfId(text: string, id: string): number | null {
  const line = text.split('\n').findIndex((one) => /\bid:\s*["']?(\w+)/.exec(one)?.[1] === id);
  return line < 0 ? null : line + 1;
}
