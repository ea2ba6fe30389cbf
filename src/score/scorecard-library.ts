import { Failure } from '../domain/failure.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import { checkScorecards, faultText } from './scorecard-file.ts';
import { plainName } from './vertical-name.ts';

/** The scorecards of an installation, looked up by id or by the vertical as platforms send it. */
export type ScorecardLibrary = {
  all: Scorecard[];
  byId: (id: string) => Scorecard | null;
  byVertical: (vertical: string) => Scorecard | null;
};

/**
 * Reads a folder of scorecards.
 * @throws Failure `score.bad-scorecard` with every fault, one a line.
 */
export async function loadScorecards(folder: string): Promise<ScorecardLibrary> {
  const checked = checkScorecards(folder);
  if (checked.faults.length > 0) throw new Failure('score.bad-scorecard', 'never', faultText(checked.faults));
  return makeScorecardLibrary(checked.scorecards);
}

/** Looks scorecards up; a vertical is compared without case, and spaces, `-`, `_`, `/` and `&` count alike. */
export function makeScorecardLibrary(all: Scorecard[]): ScorecardLibrary {
  const names = new Map<string, Scorecard>();
  for (const scorecard of all)
    for (const name of [scorecard.id, scorecard.title, ...scorecard.aliases])
      names.set(plainName(name), scorecard);
  return {
    all,
    byId: (id) => all.find((scorecard) => scorecard.id === id) ?? null,
    byVertical: (vertical) => names.get(plainName(vertical)) ?? null,
  };
}

/**
 * A criterion's question and whether it is a gate, for showing an answer. An answer given under an older
 * version is described by today's wording; null when the criterion is gone.
 */
export function describeCriterion(
  library: ScorecardLibrary,
  scorecard: string | null,
  _version: string | null,
  criterion: string,
): { question: string; gate: boolean } | null {
  if (scorecard === null) return null;
  const found = library.byId(scorecard)?.criteria.find(({ id }) => id === criterion);
  return found ? { question: found.question, gate: found.gate } : null;
}
