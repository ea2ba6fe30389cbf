import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import type { NewRescore } from './rescore-store.ts';

/** A rescore as people ask for it. */
export type WantedRescore = {
  from: string | null;
  to: string | null;
  connection_id: string | null;
  /** `id@version`, `id@draft`, `id`, `draft`, or null: each call's own. */
  scorecard: string | null;
  every_call: boolean;
  judge: string | null;
};

/** Settles what a request means now, so that the task does the same whenever it runs. */
export async function planRescore(
  wanted: WantedRescore,
  deps: {
    db: Database;
    store: ScorecardStore;
    /** Names of the judges that are set up, the one that new calls are judged by first. */
    judges: readonly [string, ...string[]];
  },
): Promise<Omit<NewRescore, 'createdBy'> | { field: string; problem: string }> {
  const { judges } = deps;
  const judge = wanted.judge ?? judges[0];
  if (!judges.includes(judge))
    return {
      field: 'judge',
      problem: `"${judge}" is not configured here; there is ${judges.join(', ')}. A language model is set by ARIA_JUDGE_URL.`,
    };
  if (wanted.connection_id !== null && !(await hasConnection(deps.db, wanted.connection_id)))
    return { field: 'connection_id', problem: `There is no connection ${wanted.connection_id}.` };
  const [from, to] = [wanted.from, wanted.to].map((at) => (at === null ? null : new Date(at)));
  const range = { from: from ?? null, to: to ?? null, connectionId: wanted.connection_id, judge };
  if (range.from && range.to && range.from >= range.to)
    return { field: 'to', problem: '`to` must lie after `from`.' };
  if (wanted.scorecard === null || wanted.scorecard === 'draft') {
    if (wanted.every_call)
      return { field: 'every_call', problem: 'It needs a scorecard by which every call is to be judged.' };
    const drafts = wanted.scorecard === 'draft';
    if (drafts && (await deps.store.current()).drafts.length === 0)
      return { field: 'scorecard', problem: 'There is no draft.' };
    return { ...range, scorecard: null, version: null, drafts, everyCall: false };
  }
  const [id = '', version] = wanted.scorecard.split('@');
  const found = await resolveVersion(deps, id, version);
  if (typeof found !== 'string') return { field: 'scorecard', ...found };
  return { ...range, scorecard: id, version: found, drafts: false, everyCall: wanted.every_call };
}

async function resolveVersion(
  { db, store }: { db: Database; store: ScorecardStore },
  id: string,
  version: string | undefined,
): Promise<string | { problem: string }> {
  const set = await store.current();
  const among = version === 'draft' ? set.drafts : set.published;
  if (version === undefined || version === 'draft') {
    const found = among.find((scorecard) => scorecard.id === id);
    if (found) return found.version;
    const known = among.map((scorecard) => scorecard.id).join(', ') || 'none';
    return { problem: `There is no ${version ?? 'published'} scorecard ${id}; there is ${known}.` };
  }
  if (await store.find(id, version)) return version;
  const { rows } = await sql<{ version: string }>`
    select version from scorecard_version where scorecard = ${id} order by saved_at desc limit 20`.execute(
    db,
  );
  const known = rows.map((row) => row.version).join(', ') || 'none';
  return { problem: `${id} has no version ${version}; its versions: ${known}.` };
}

async function hasConnection(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql`select from connection where id = ${id}`.execute(db);
  return rows.length > 0;
}
