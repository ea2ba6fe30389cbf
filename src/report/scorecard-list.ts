import { sql } from 'kysely';
import type { ScorecardBody } from '../contract/scorecards.ts';
import type { Database } from '../db/database.ts';
import type { Scorecard } from '../domain/scorecard.ts';

type Row = {
  scorecard: string;
  version: string;
  hash: string;
  is_draft: boolean;
  saved_at: Date;
  saved_by: string;
  published_at: Date | null;
  published_by: string | null;
  used: boolean;
};

/**
 * Scorecards with all their versions.
 * @param shown what is in force, or drafted where nothing is published yet
 */
export async function listScorecards(db: Database, shown: readonly Scorecard[]): Promise<ScorecardBody[]> {
  const { rows } = await sql<Row>`
    select v.scorecard, v.version, v.hash, v.is_draft, v.saved_at, v.saved_by, v.published_at, v.published_by,
      exists (select from evaluation e where e.scorecard = v.scorecard and e.scorecard_version = v.version) as used
    from scorecard_version v
    order by v.scorecard, v.published_at desc nulls first, v.saved_at desc`.execute(db);
  return shown.map((scorecard) => {
    const own = rows.filter((row) => row.scorecard === scorecard.id);
    const inForce = own.find(({ published_at }) => published_at !== null);
    return {
      ...describe(scorecard),
      versions: own.map(({ scorecard: _, is_draft, saved_at, published_at, ...row }) => ({
        ...row,
        state: published_at ? ('published' as const) : is_draft ? ('draft' as const) : ('retired' as const),
        in_force: row.version === inForce?.version,
        saved_at: saved_at.toISOString(),
        published_at: published_at?.toISOString() ?? null,
      })),
    };
  });
}

/** The YAML of one version; null where there is none. */
export async function getScorecardSource(
  db: Database,
  id: string,
  version: string,
): Promise<{ id: string; version: string; source: string; shared: string | null } | null> {
  const { rows } = await sql<{ id: string; version: string; source: string; shared: string | null }>`
    select scorecard as id, version, source, shared from scorecard_version
    where scorecard = ${id} and version = ${version}`.execute(db);
  return rows[0] ?? null;
}

function describe({ id, title, aliases, criteria, policy }: Scorecard): Omit<ScorecardBody, 'versions'> {
  return {
    id,
    title,
    aliases,
    criteria: criteria.map((criterion) => ({
      id: criterion.id,
      question: criterion.question,
      kind: criterion.kind,
      choices: criterion.choices,
      gate: criterion.gate,
      weight: criterion.weight,
      auto_fail: criterion.autoFail,
      heard_from: criterion.heardFrom,
      required_text: criterion.requiredText,
    })),
    policy: policy.map(({ id: rule, billable, because }) => ({ id: rule, billable, because })),
  };
}
