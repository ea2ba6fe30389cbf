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
