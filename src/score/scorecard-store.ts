import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { Failure } from '../domain/failure.ts';
import type { Criterion, Scorecard } from '../domain/scorecard.ts';
import { parseScorecard } from './parse-scorecard.ts';
import { faultText } from './scorecard-file.ts';
import { makeScorecardSet, type ScorecardRule, type ScorecardSet } from './scorecard-set.ts';

/** A stored version, as it is listed. */
export type StoredVersion = {
  scorecard: string;
  version: string;
  title: string;
  hash: string;
  source: string;
  shared: string | null;
  is_draft: boolean;
  saved_at: Date;
  saved_by: string;
  published_at: Date | null;
  published_by: string | null;
};

/** The scorecards of the installation, read again when anybody changed them. */
export type ScorecardStore = {
  current: () => Promise<ScorecardSet>;
  /** Any version ever saved; null where there is none. */
  find: (scorecard: string, version: string) => Promise<Scorecard | null>;
};

/** Reads what is published, drafted and assigned; kept in memory until the revision in the database rises. */
export function openScorecardStore(db: Database): ScorecardStore {
  let kept: { revision: number; set: ScorecardSet } | null = null;
  // what a version says never changes
  const found = new Map<string, Scorecard>();
  return {
    async current() {
      const revision = await readRevision(db);
      if (kept?.revision !== revision) kept = { revision, set: await readScorecardSet(db) };
      return kept.set;
    },
    async find(scorecard, version) {
      const known = found.get(`${scorecard}@${version}`);
      if (known) return known;
      const { rows } = await sql<StoredVersion>`
        select * from scorecard_version where scorecard = ${scorecard} and version = ${version}`.execute(db);
      if (!rows[0]) return null;
      const read = toScorecard(rows[0]);
      found.set(`${scorecard}@${version}`, read);
      return read;
    },
  };
}

/** How a criterion was worded in the version that an answer was given under; null where either is not known. */
export async function describeCriterion(
  store: ScorecardStore,
  scorecard: string | null,
  version: string | null,
  criterion: string,
): Promise<Criterion | null> {
  if (scorecard === null || version === null) return null;
  const found = await store.find(scorecard, version);
  return found?.criteria.find(({ id }) => id === criterion) ?? null;
}

/**
 * The scorecard of a stored version. Faults that only a later Aria sees, such as a rule that is never reached, change
 * nothing about what it means. @throws Failure `score.bad-scorecard` where this Aria cannot read it
 */
export function toScorecard({ scorecard, version, source, shared }: StoredVersion): Scorecard {
  const parsed = parseScorecard({ source, shared }, `${scorecard}.yaml`);
  if (parsed.scorecard) return parsed.scorecard;
  throw new Failure('score.bad-scorecard', 'park', `${scorecard}@${version}: ${faultText(parsed.faults)}`);
}

/** Rules in their order. */
export async function readRules(db: Database): Promise<ScorecardRule[]> {
  type Row = {
    connection_id: string | null;
    vertical: string | null;
    buyer_name: string | null;
    campaign_name: string | null;
    scorecard: string;
    version: string | null;
    note: string;
  };
  const { rows } = await sql<Row>`
    select connection_id, vertical, buyer_name, campaign_name, scorecard, version, note
    from scorecard_rule order by position`.execute(db);
  return rows.map(({ connection_id, buyer_name, campaign_name, ...rule }) => ({
    ...rule,
    connectionId: connection_id,
    buyerName: buyer_name,
    campaignName: campaign_name,
  }));
}

async function readRevision(db: Database): Promise<number> {
  const { rows } = await sql<{ revision: number }>`select revision from scorecard_revision`.execute(db);
  return rows[0]!.revision;
}

async function readScorecardSet(db: Database): Promise<ScorecardSet> {
  const rules = await readRules(db);
  const { rows: newest } = await sql<StoredVersion>`
    select distinct on (scorecard) * from scorecard_version where published_at is not null
    order by scorecard, published_at desc, version desc`.execute(db);
  const { rows: drafts } = await sql<StoredVersion>`
    select * from scorecard_version where is_draft order by scorecard`.execute(db);
  const { rows: pinned } = await sql<StoredVersion>`
    select v.* from scorecard_version v
    where v.published_at is not null and exists (
      select from scorecard_rule r where r.scorecard = v.scorecard and r.version = v.version)`.execute(db);
  return makeScorecardSet({
    published: newest.map(toScorecard),
    drafts: drafts.map(toScorecard),
    pinned: pinned.map(toScorecard),
    rules,
  });
}
