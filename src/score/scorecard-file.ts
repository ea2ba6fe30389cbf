import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scorecard } from '../domain/scorecard.ts';
import { parseScorecard, type ScorecardSource } from './parse-scorecard.ts';
import { readScorecard, type ScorecardFault } from './read-scorecard.ts';
import { plainName } from './vertical-name.ts';

/** A scorecard of a folder, with the texts it was made of. */
export type FiledScorecard = ScorecardSource & { name: string; scorecard: Scorecard; hash: string };

const sharedFile = 'common.yaml';

/**
 * Reads `*.yaml` of one folder or several. `common.yaml` is the shared part, not a scorecard of its own; a file of a
 * later folder replaces one of the same name before it.
 * @returns the scorecards, and the faults of every file; use the scorecards only when there are none.
 */
export function checkScorecards(...folders: string[]): {
  scorecards: Scorecard[];
  filed: FiledScorecard[];
  faults: ScorecardFault[];
} {
  const texts = readTexts(folders);
  const shared = texts.get(sharedFile) ?? null;
  const faults: ScorecardFault[] = [];
  const filed: FiledScorecard[] = [];
  if (shared !== null) faults.push(...readScorecard(shared, sharedFile).faults);
  for (const [name, source] of texts) {
    if (name === sharedFile) continue;
    const parsed = parseScorecard({ source, shared }, name);
    faults.push(...parsed.faults);
    if (parsed.scorecard)
      filed.push({ name, scorecard: parsed.scorecard, source, shared: parsed.shared, hash: parsed.hash });
  }
  const scorecards = filed.map(({ scorecard }) => scorecard);
  const named = new Map(filed.map(({ scorecard, name, source }) => [scorecard, { name, source }]));
  faults.push(...clashes(scorecards, (scorecard) => named.get(scorecard) ?? null));
  return { scorecards, filed, faults };
}

/** The faults as text, one a line: `solar.yaml:12: problem; fix`. */
export function faultText(faults: readonly ScorecardFault[]): string {
  return faults.map(({ file, line, problem, fix }) => `${file}:${line}: ${problem}; ${fix}`).join('\n');
}

/**
 * Names that two scorecards claim.
 * @param textOf the file of a scorecard, so that its line can be told
 */
export function clashes(
  all: readonly Scorecard[],
  textOf: (scorecard: Scorecard) => { name: string; source: string } | null = () => null,
): ScorecardFault[] {
  const placeOf = (scorecard: Scorecard, part: string) => {
    const found = textOf(scorecard);
    const line = found?.source.split('\n').findIndex((one) => plainName(one).includes(plainName(part))) ?? -1;
    return { file: found?.name ?? `${scorecard.id}.yaml`, line: Math.max(line, 0) + 1 };
  };
  const owner = new Map<string, string>();
  const faults: ScorecardFault[] = all
    .filter(({ id }, at) => all.findIndex((other) => other.id === id) !== at)
    .map((scorecard) => [scorecard, scorecard.id] as const)
    .map(([scorecard, id]) => ({
      ...placeOf(scorecard, `id: ${id}`),
      problem: `the id ${id} stands in two files`,
      fix: 'give one of them another id, or remove it',
    }));
  for (const scorecard of all) {
    const { id, title, aliases } = scorecard;
    for (const name of new Set([id, title, ...aliases].map(plainName))) {
      const other = owner.get(name);
      if (other && other !== id)
        faults.push({
          ...placeOf(scorecard, name),
          problem: `"${name}" already names the scorecard ${other}`,
          fix: 'remove it from one of the two',
        });
      owner.set(name, id);
    }
  }
  return faults;
}

function readTexts(folders: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const folder of folders.filter((path) => existsSync(path)))
    for (const name of readdirSync(folder)
      .filter((one) => one.endsWith('.yaml'))
      .sort())
      texts.set(name, readFileSync(join(folder, name), 'utf8'));
  return texts;
}
