import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { parseScorecard, type ScorecardSource } from './parse-scorecard.ts';
import type { ScorecardFault } from './read-scorecard.ts';
import { clashes, type FiledScorecard } from './scorecard-file.ts';
import type { ScorecardRule } from './scorecard-set.ts';
import { openScorecardStore } from './scorecard-store.ts';

/** A draft that cannot be saved, with every fault. */
export class FaultyScorecard extends Error {
  readonly faults: ScorecardFault[];

  constructor(faults: ScorecardFault[]) {
    super(faults.map(({ file, line, problem, fix }) => `${file}:${line}: ${problem}; ${fix}`).join('\n'));
    this.name = 'FaultyScorecard';
    this.faults = faults;
  }
}

/** What became of a text: it is the draft now, or it is what is published already. */
export type SavedDraft = { scorecard: string; version: string; state: 'draft' | 'published' };

/**
 * Saves a text as the draft of its scorecard, in place of the one before. A text that is published word for word
 * needs no draft: one that lay beside it goes.
 * @throws FaultyScorecard
 */
export async function saveDraft(
  db: Database,
  { source, shared }: ScorecardSource,
  by: string,
  name: string,
): Promise<SavedDraft> {
  const parsed = parseScorecard({ source, shared }, name);
  if (!parsed.scorecard || parsed.faults.length > 0) throw new FaultyScorecard(parsed.faults);
  const { scorecard, hash } = parsed;
  const { published } = await openScorecardStore(db).current();
  const names = clashes([...published.filter(({ id }) => id !== scorecard.id), scorecard]);
  if (names.length > 0) throw new FaultyScorecard(names);
  return db.transaction().execute(async (tx) => {
    await dropDraft(tx, scorecard.id);
    const { rows } = await sql<{ published_at: Date | null }>`
      insert into scorecard_version (scorecard, version, hash, title, source, shared, is_draft, saved_by)
      values (${scorecard.id}, ${scorecard.version}, ${hash}, ${scorecard.title}, ${source}, ${parsed.shared}, true, ${by})
      on conflict (scorecard, version) do update set is_draft = scorecard_version.published_at is null
      returning published_at`.execute(tx);
    return {
      scorecard: scorecard.id,
      version: scorecard.version,
      state: rows[0]!.published_at ? 'published' : 'draft',
    };
  });
}

/** @returns false where there is no draft */
export async function dropDraft(db: Database, scorecard: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update scorecard_version set is_draft = false where scorecard = ${scorecard} and is_draft`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/**
 * Publishes a version, from now on in force and unchangeable.
 * @param version null: the draft
 * @returns the version, or null where there is no such version, or it is published already
 */
export async function publishVersion(
  db: Database,
  scorecard: string,
  version: string | null,
  by: string,
): Promise<string | null> {
  const { rows } = await sql<{ version: string }>`
    update scorecard_version set is_draft = false, published_at = clock_timestamp(), published_by = ${by}
    where scorecard = ${scorecard} and published_at is null
      and case when ${version}::text is null then is_draft else version = ${version} end
    returning version`.execute(db);
  return rows[0]?.version ?? null;
}

/**
 * Takes up what lies in the scorecard folders: a scorecard that is new here is published, an edited file becomes a
 * draft. A file that has not changed since it was last read says nothing.
 * @returns the drafts that were made
 */
export async function takeUpFiles(db: Database, filed: readonly FiledScorecard[]): Promise<SavedDraft[]> {
  return db.transaction().execute(async (tx) => {
    // processes that start together take turns
    await sql`select pg_advisory_xact_lock(hashtext('aria_scorecard_file'))`.execute(tx);
    const { rows: seen } = await sql<{ scorecard: string; version: string }>`
      select scorecard, version from scorecard_file`.execute(tx);
    const { rows: known } = await sql<{ scorecard: string }>`
      select distinct scorecard from scorecard_version where published_at is not null`.execute(tx);
    const drafts: SavedDraft[] = [];
    for (const { scorecard, source, shared, hash } of filed) {
      const { id, version, title } = scorecard;
      if (seen.some((one) => one.scorecard === id && one.version === version)) continue;
      const isNew = !known.some((one) => one.scorecard === id);
      await dropDraft(tx, id);
      const { rows } = await sql<{ published_at: Date | null }>`
        insert into scorecard_version (scorecard, version, hash, title, source, shared, is_draft, saved_by,
          published_at, published_by)
        values (${id}, ${version}, ${hash}, ${title}, ${source}, ${shared}, ${!isNew}, 'file',
          ${isNew ? sql`clock_timestamp()` : null}, ${isNew ? 'file' : null})
        on conflict (scorecard, version) do update set is_draft = scorecard_version.published_at is null
        returning published_at`.execute(tx);
      await sql`
        insert into scorecard_file (scorecard, version) values (${id}, ${version})
        on conflict (scorecard) do update set version = excluded.version`.execute(tx);
      if (!rows[0]!.published_at) drafts.push({ scorecard: id, version, state: 'draft' });
    }
    return drafts;
  });
}

/** Replaces the rules by these, in this order. */
export async function saveRules(db: Database, rules: readonly ScorecardRule[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`lock table scorecard_rule in share row exclusive mode`.execute(tx);
    await sql`delete from scorecard_rule`.execute(tx);
    for (const [position, rule] of rules.entries())
      await sql`
        insert into scorecard_rule (position, connection_id, vertical, buyer_name, campaign_name, scorecard, version, note)
        values (${position + 1}, ${rule.connectionId}, ${rule.vertical}, ${rule.buyerName}, ${rule.campaignName},
          ${rule.scorecard}, ${rule.version}, ${rule.note})`.execute(tx);
  });
}

/** Why a rule cannot stand, by its number from 1; nothing: all can. */
export async function checkRules(
  db: Database,
  rules: readonly ScorecardRule[],
): Promise<{ rule: number; problem: string }[]> {
  const { rows: versions } = await sql<{ scorecard: string; version: string }>`
    select scorecard, version from scorecard_version where published_at is not null`.execute(db);
  const { rows: connections } = await sql<{ id: string }>`select id from connection`.execute(db);
  return rules.flatMap(({ scorecard, version, connectionId }, at) => {
    const own = versions.filter((one) => one.scorecard === scorecard);
    const problem =
      own.length === 0
        ? `there is no published scorecard ${scorecard}`
        : version !== null && !own.some((one) => one.version === version)
          ? `${scorecard} has no published version ${version}; it has ${own.map((one) => one.version).join(', ')}`
          : connectionId !== null && !connections.some(({ id }) => id === connectionId)
            ? `there is no connection ${connectionId}`
            : null;
    return problem ? [{ rule: at + 1, problem }] : [];
  });
}
