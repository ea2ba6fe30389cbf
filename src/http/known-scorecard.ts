/** What to tell somebody who named a scorecard that is none of the known ones; null where there is nothing to tell. */
export function unknownScorecard(id: string | null | undefined, known: string[]): string | null {
  if (id === null || id === undefined || known.includes(id)) return null;
  return `There is no scorecard ${id}. Known: ${known.join(', ')}`;
}
